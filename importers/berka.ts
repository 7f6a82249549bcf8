import { berkaClients } from './berka-clients.ts'
import { berkaLoans, loanOutcomes } from './berka-loans.ts'
import { berkaTransactions, lastTransactionAt } from './berka-transactions.ts'
import type { Importer } from './importer.ts'
import { mergedByTime } from './in-time-order.ts'

/**
 * The Czech bank of the PKDD'99 Discovery Challenge. Days are read as UTC: accounts and clients at 00:00, transactions
 * and loans at 12:00, outcomes at the end of their horizon. Accounts, clients and loans (10,000 small rows) are held in
 * memory, transactions are streamed. docs/data.md lists what is left out and why.
 */
export const berka: Importer = {
  name: 'berka',
  description:
    'A Czech bank 1993–1998 → profiles, account links, account transactions, loans as credit lines, loan-demand outcomes',
  licence: 'not stated',
  async *read(folder) {
    const { accounts, events } = await berkaClients(folder)
    const loans = await berkaLoans(folder, accounts)
    const outcomes = loanOutcomes(accounts, loans.grants, await lastTransactionAt(folder))
    yield* mergedByTime(events, berkaTransactions(folder), loans.events, outcomes)
  },
}
