import { accountTransactions } from '../schemas/customers/banking.ts'
import { HOUR_MS } from '../schemas/durations.ts'
import { timeOf } from './calendar.ts'
import { csvRows, mapped, minorUnits, text, textOrNull, type Row } from './csv-rows.ts'
import { findFile } from './find-file.ts'
import { topicEvent, type TopicEvent } from './importer.ts'

/** The bank's Czech terms, mapped; VYBER means both a withdrawal in general and a cash withdrawal. */
const signs = { PRIJEM: 1, VYDAJ: -1, VYBER: -1 } as const
const operations = {
  '': { kind: 'other', channel: null },
  VKLAD: { kind: 'cash', channel: 'counter' },
  VYBER: { kind: 'cash', channel: 'counter' },
  'VYBER KARTOU': { kind: 'card', channel: 'card' },
  'PREVOD Z UCTU': { kind: 'transfer', channel: 'interbank' },
  'PREVOD NA UCET': { kind: 'transfer', channel: 'interbank' },
} as const
/**
 * Purpose of a transaction; where known, it determines the kind better than the operation does. A pension is regular
 * income like a salary.
 */
const purposes = {
  '': { kind: null, category: null },
  UROK: { kind: 'interest', category: 'interest' },
  'SANKC. UROK': { kind: 'fee', category: 'penalty interest' },
  SLUZBY: { kind: 'fee', category: 'statement' },
  DUCHOD: { kind: 'salary', category: 'pension' },
  UVER: { kind: 'loan', category: 'loan payment' },
  SIPO: { kind: null, category: 'household' },
  POJISTNE: { kind: null, category: 'insurance' },
} as const

async function* rows(folder: string, columns: readonly string[]): AsyncGenerator<Row> {
  yield* csvRows(await findFile(folder, /^trans.*\.(asc|csv)(\.gz)?$/), { columns, delimiter: ';' })
}

/**
 * Streams one event per row. The data set has only the day (12:00 UTC is used) and not the order within it, so a
 * balance belongs to its own row, and a day's balances need not be consecutive in file order.
 */
export async function* berkaTransactions(folder: string): AsyncGenerator<TopicEvent> {
  const columns = [
    'trans_id',
    'account_id',
    'date',
    'type',
    'operation',
    'amount',
    'balance',
    'k_symbol',
    'bank',
    'account',
  ]
  for await (const row of rows(folder, columns)) {
    const operation = mapped(row, 'operation', operations)
    const purpose = mapped(row, 'k_symbol', purposes)
    const bank = textOrNull(row, 'bank')
    yield topicEvent(accountTransactions, {
      id: `berka-trans-${text(row, 'trans_id')}`,
      occurredAt: timeOf(row, 'date', 'shortDate') + 12 * HOUR_MS,
      source: 'berka',
      accountId: `berka-${text(row, 'account_id')}`,
      amountMinor: mapped(row, 'type', signs) * minorUnits(row, 'amount'),
      balanceMinor: minorUnits(row, 'balance'),
      currency: 'CZK',
      kind: purpose.kind ?? operation.kind,
      category: purpose.category,
      counterparty: bank === null ? null : `${bank}-${text(row, 'account')}`,
      channel: operation.channel,
    })
  }
}

/**
 * Returns the last day with transactions, since later scores would lack data. Reads the file once in constant memory.
 */
export async function lastTransactionAt(folder: string): Promise<number> {
  let last = -Infinity
  for await (const row of rows(folder, ['date'])) last = Math.max(last, timeOf(row, 'date', 'shortDate') + 12 * HOUR_MS)
  return last
}
