import { accountLinks } from '../schemas/customers/banking.ts'
import { profiles } from '../schemas/customers/profiles.ts'
import { timeOf } from './calendar.ts'
import { cellError, csvRows, mapped, text, type Row } from './csv-rows.ts'
import { findFile } from './find-file.ts'
import { ImportError, topicEvent, type TopicEvent } from './importer.ts'
import { sortedByTime } from './in-time-order.ts'

export interface Account {
  readonly openedAt: number
  /** The customer who may take loans; every account of the data set has exactly one. */
  owner: string
}
export type Accounts = ReadonlyMap<string, Account>

/** Reads a Czech birth number: YYMMDD, with 50 added to the month for women. */
function birth(row: Row): { sex: 'female' | 'male'; birthYear: number } {
  const digits = text(row, 'birth_number')
  if (!/^\d{6}$/.test(digits)) throw cellError(row, 'birth_number', 'YYMMDD')
  return { sex: Number(digits.slice(2, 4)) > 50 ? 'female' : 'male', birthYear: 1900 + Number(digits.slice(0, 2)) }
}

async function table(
  folder: string,
  name: string,
  columns: readonly string[],
  take: (row: Row) => void,
): Promise<void> {
  const file = await findFile(folder, new RegExp(`^${name}\\.(asc|csv)(\\.gz)?$`))
  for await (const row of csvRows(file, { columns, delimiter: ';' })) take(row)
}

function found<T>(map: ReadonlyMap<string, T>, row: Row, column: string): T {
  const value = map.get(text(row, column))
  if (value === undefined) throw cellError(row, column, 'in the table that it points to')
  return value
}

/**
 * Reads profiles and account links. The data do not say when the bank first knew a client; the opening of the client's
 * account is used, when it must have known.
 */
export async function berkaClients(folder: string): Promise<{ accounts: Accounts; events: TopicEvent[] }> {
  const districts = new Map<string, { name: string; region: string }>()
  await table(folder, 'district', ['A1', 'A2', 'A3'], (row) => {
    districts.set(text(row, 'A1'), { name: text(row, 'A2'), region: text(row, 'A3') })
  })
  const accounts = new Map<string, Account>()
  await table(folder, 'account', ['account_id', 'date'], (row) => {
    accounts.set(text(row, 'account_id'), { openedAt: timeOf(row, 'date', 'shortDate'), owner: '' })
  })
  const clients = new Map<string, Row>()
  await table(folder, 'client', ['client_id', 'birth_number', 'district_id'], (row) =>
    clients.set(text(row, 'client_id'), row),
  )

  const events: TopicEvent[] = []
  await table(folder, 'disp', ['disp_id', 'client_id', 'account_id', 'type'], (row) => {
    const account = found(accounts, row, 'account_id')
    const client = found(clients, row, 'client_id')
    const district = found(districts, client, 'district_id')
    const customerId = `berka-${text(row, 'client_id')}`
    const role = mapped(row, 'type', { OWNER: 'owner', DISPONENT: 'disponent' } as const)
    if (role === 'owner') account.owner = customerId
    const envelope = { occurredAt: account.openedAt, source: 'berka' }
    events.push(
      topicEvent(profiles, {
        id: `berka-client-${text(row, 'client_id')}`,
        ...envelope,
        customerId,
        name: null,
        ...birth(client),
        registeredPlace: null,
        residence: `${district.name}, ${district.region}`,
        timeZone: 'Europe/Prague',
        segment: null,
        attributes: {},
      }),
      topicEvent(accountLinks, {
        id: `berka-disp-${text(row, 'disp_id')}`,
        ...envelope,
        accountId: `berka-${text(row, 'account_id')}`,
        customerId,
        role,
        linked: true,
      }),
    )
  })
  for (const [id, account] of accounts)
    if (account.owner === '') throw new ImportError(`${folder}: account ${id} has no owner in disp.`)
  return { accounts, events: sortedByTime(events) }
}
