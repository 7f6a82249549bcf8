import { transactions } from '../schemas/customers/banking.ts'
import { timeOf } from './calendar.ts'
import { csvRows, minorUnits, text } from './csv-rows.ts'
import { findFile } from './find-file.ts'
import { topicEvent, type Importer } from './importer.ts'

/**
 * One card payment per row, to the second and in time order, so rows are streamed as they are. The data set names
 * neither currency nor time zone; euros and UTC are assumed. TX_FRAUD and TX_FRAUD_SCENARIO were found by later
 * investigation, so no event carries them.
 */
export const simCardStream: Importer = {
  name: 'sim_card_stream',
  description: 'Simulated card payments to the second → transactions',
  licence: 'not stated',
  async *read(folder) {
    const file = await findFile(folder, /\.csv(\.gz)?$/)
    const columns = ['TRANSACTION_ID', 'TX_DATETIME', 'CUSTOMER_ID', 'TERMINAL_ID', 'TX_AMOUNT']
    for await (const row of csvRows(file, { columns })) {
      const customer = text(row, 'CUSTOMER_ID')
      yield topicEvent(transactions, {
        id: `sim_card_stream-${text(row, 'TRANSACTION_ID')}`,
        occurredAt: timeOf(row, 'TX_DATETIME', 'dateTime'),
        source: 'sim_card_stream',
        customerId: `card-${customer}`,
        accountId: `card-${customer}`,
        amountMinor: -minorUnits(row, 'TX_AMOUNT'),
        balanceMinor: null,
        currency: 'EUR',
        kind: 'card',
        category: null,
        counterparty: `terminal-${text(row, 'TERMINAL_ID')}`,
        channel: 'terminal',
      })
    }
  },
}
