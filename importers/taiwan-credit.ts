import { creditLines, type CreditLine } from '../schemas/customers/banking.ts'
import { firstOutcome, outcomes } from '../schemas/models/outcomes.ts'
import { profiles } from '../schemas/customers/profiles.ts'
import { csvRows, mapped, minorUnits, number, text, type Row } from './csv-rows.ts'
import { findFile } from './find-file.ts'
import { topicEvent, type Importer, type TopicEvent } from './importer.ts'

/**
 * Statement and payment columns by month: BILL_AMT6 is April's statement, BILL_AMT1 September's; likewise for payments.
 */
const months = [6, 5, 4, 3, 2, 1].map((column, i) => ({ column, year: 2005, month: 3 + i }))

const education: Readonly<Record<string, string>> = {
  1: 'graduate school',
  2: 'university',
  3: 'high school',
  4: 'other',
  5: 'unknown',
  6: 'unknown',
  0: 'unknown',
}
const marriage: Readonly<Record<string, string>> = { 1: 'married', 2: 'single', 3: 'other', 0: 'unknown' }

interface Client {
  readonly customerId: string
  readonly limitMinor: number
  /** Statements, April to September. */
  readonly bills: readonly number[]
  readonly payments: readonly number[]
  readonly profile: TopicEvent
}

/**
 * Credit-card clients of a bank in Taiwan, April to September 2005. The data set has statements and payments but no
 * drawdowns: the amount drawn in a month is its statement minus the previous one plus the payments in between; a
 * negative amount (a refund) is a repayment. A statement is dated at noon of the month's last day, a payment at noon of
 * the 15th. Events of 30,000 rows are emitted month by month, so the clients are held in memory.
 */
export const taiwanCredit: Importer = {
  name: 'taiwan_credit',
  description: 'Credit-card clients in Taiwan, April to September 2005 → profiles, credit lines, loan-demand outcomes',
  licence: 'CC BY 4.0 (UCI)',
  async *read(folder) {
    const clients = await readClients(await findFile(folder, /\.csv(\.gz)?$/))
    for (const client of clients) {
      yield client.profile
      yield* line(client, 'limit', 'limit', APRIL, client.limitMinor)
    }
    for (const [i, { year, month }] of months.entries()) {
      // April's payment settled March's statement, which the data set lacks.
      if (i > 0)
        for (const client of clients)
          yield* line(client, 'repayment', `${month}-payment`, Date.UTC(year, month, 15, 12), client.payments[i]!)
      for (const client of clients) yield* statement(client, i, month, Date.UTC(year, month + 1, 0, 12))
    }
    for (const client of clients) yield usage(client)
  },
}

async function readClients(file: string): Promise<Client[]> {
  const amounts = months.flatMap(({ column }) => [`BILL_AMT${column}`, `PAY_AMT${column}`])
  const clients: Client[] = []
  for await (const row of csvRows(file, {
    columns: ['ID', 'LIMIT_BAL', 'SEX', 'EDUCATION', 'MARRIAGE', 'AGE', ...amounts],
  })) {
    const customerId = `taiwan_credit-${text(row, 'ID')}`
    clients.push({
      customerId,
      limitMinor: minorUnits(row, 'LIMIT_BAL'),
      bills: months.map(({ column }) => minorUnits(row, `BILL_AMT${column}`)),
      payments: months.map(({ column }) => minorUnits(row, `PAY_AMT${column}`)),
      profile: profile(row, customerId),
    })
  }
  return clients
}

const APRIL = Date.UTC(2005, 3, 1)

function profile(row: Row, customerId: string): TopicEvent {
  return topicEvent(profiles, {
    id: `${customerId}-profile`,
    occurredAt: APRIL,
    source: 'taiwan_credit',
    customerId,
    name: null,
    sex: mapped(row, 'SEX', { 1: 'male', 2: 'female' } as const),
    birthYear: 2005 - number(row, 'AGE'),
    registeredPlace: null,
    residence: null,
    timeZone: 'Asia/Taipei',
    segment: null,
    attributes: { education: mapped(row, 'EDUCATION', education), marriage: mapped(row, 'MARRIAGE', marriage) },
  })
}

/** Yields a credit line event unless the amount is 0. */
function* line(
  { customerId }: Client,
  kind: CreditLine['kind'],
  name: string,
  occurredAt: number,
  amountMinor: number,
): Generator<TopicEvent> {
  if (amountMinor === 0) return
  const id = `${customerId}-${name}`
  yield topicEvent(creditLines, {
    id,
    occurredAt,
    source: 'taiwan_credit',
    customerId,
    lineId: `${customerId}-card`,
    kind,
    amountMinor,
    currency: 'TWD',
  })
}

/** Returns the amount drawn between two statements; April's counts everything owed. */
function drawnMinor({ bills, payments }: Client, i: number): number {
  return i === 0 ? bills[0]! : bills[i]! - bills[i - 1]! + payments[i]!
}

function* statement(client: Client, i: number, month: number, occurredAt: number): Generator<TopicEvent> {
  const drawn = drawnMinor(client, i)
  yield* line(client, drawn > 0 ? 'drawdown' : 'repayment', `${month}-statement`, occurredAt, Math.abs(drawn))
}

/** Returns the outcome: September's drawdowns ÷ limit, as of the end of August. */
function usage(client: Client): TopicEvent {
  const { customerId } = client
  return topicEvent(outcomes, {
    id: `${customerId}-loan-demand`,
    occurredAt: Date.UTC(2005, 9, 1),
    source: 'taiwan_credit',
    customerId,
    task: 'loan-demand',
    subjectId: customerId,
    value: Math.max(0, drawnMinor(client, 5)) / client.limitMinor,
    asOf: Date.UTC(2005, 8, 1) - 1,
    ...firstOutcome,
  })
}
