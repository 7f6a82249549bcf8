import { creditLines } from '../schemas/customers/banking.ts'
import { firstOutcome, outcomes } from '../schemas/models/outcomes.ts'
import { HOUR_MS } from '../schemas/durations.ts'
import type { Accounts } from './berka-clients.ts'
import { timeOf } from './calendar.ts'
import { cellError, csvRows, minorUnits, text } from './csv-rows.ts'
import { findFile } from './find-file.ts'
import { topicEvent, type TopicEvent } from './importer.ts'

/** Time at which each account was granted its loan; no account of the data set has two. */
export type Grants = ReadonlyMap<string, number>

/**
 * Reads loans. A granted loan is a limit that is drawn in full at once. `status` (paid off, in debt) is known only
 * years later and left out; monthly payments come with the transactions.
 */
export async function berkaLoans(
  folder: string,
  accounts: Accounts,
): Promise<{ grants: Grants; events: TopicEvent[] }> {
  const file = await findFile(folder, /loan.*\.(asc|csv)(\.gz)?$/)
  const grants = new Map<string, number>()
  const events: TopicEvent[] = []
  for await (const row of csvRows(file, { columns: ['loan_id', 'account_id', 'date', 'amount'], delimiter: ';' })) {
    const account = accounts.get(text(row, 'account_id'))
    if (account === undefined) throw cellError(row, 'account_id', 'an account of the set')
    if (grants.has(text(row, 'account_id'))) throw cellError(row, 'account_id', "an account's only loan")
    const occurredAt = timeOf(row, 'date', 'shortDate') + 12 * HOUR_MS
    grants.set(text(row, 'account_id'), occurredAt)
    const loan = `berka-loan-${text(row, 'loan_id')}`
    for (const kind of ['limit', 'drawdown'] as const) {
      const amountMinor = minorUnits(row, 'amount')
      const envelope = { id: `${loan}-${kind}`, occurredAt, source: 'berka' }
      events.push(
        topicEvent(creditLines, {
          ...envelope,
          customerId: account.owner,
          lineId: loan,
          kind,
          amountMinor,
          currency: 'CZK',
        }),
      )
    }
  }
  events.sort((left, right) => left.event.occurredAt - right.event.occurredAt)
  return { grants, events }
}

/**
 * Yields whether each owner takes a loan within a year (`loan-demand`, 1 or 0) as of the end of every quarter. An owner
 * is included while the account is open and has no loan yet, while there are transactions to score by, and if the list
 * of loans covers the whole year. Refused loans count as 0, since the data set lacks them.
 */
export function* loanOutcomes(accounts: Accounts, grants: Grants, transactionsEndAt: number): Generator<TopicEvent> {
  const loansEndAt = Math.max(...grants.values())
  const first = new Date(Math.min(...[...accounts.values()].map((account) => account.openedAt)))
  for (let quarter = Math.floor(first.getUTCMonth() / 3) + 1; ; quarter++) {
    // The last millisecond of the quarter, and of the same quarter a year later.
    const asOf = Date.UTC(first.getUTCFullYear(), quarter * 3, 1) - 1
    const knownAt = Date.UTC(first.getUTCFullYear() + 1, quarter * 3, 1) - 1
    // Transactions of a quarter's last day are dated at noon.
    if (asOf - 12 * HOUR_MS >= transactionsEndAt || knownAt > loansEndAt) return
    for (const [accountId, account] of accounts) {
      const grantedAt = grants.get(accountId) ?? Infinity
      if (account.openedAt > asOf || grantedAt <= asOf) continue
      yield topicEvent(outcomes, {
        id: `berka-loan-demand-${accountId}-${new Date(asOf).toISOString().slice(0, 10)}`,
        occurredAt: knownAt,
        source: 'berka',
        customerId: account.owner,
        task: 'loan-demand',
        subjectId: account.owner,
        value: grantedAt <= knownAt ? 1 : 0,
        asOf,
        ...firstOutcome,
      })
    }
  }
}
