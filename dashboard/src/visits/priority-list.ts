import type { Answer, LiveMessages } from '../api.ts'

export type Order = 'probability' | 'value'
export type LiveList = LiveMessages['priorities']
export type StoredList = Answer<'/priorities'>
type StoredEntry = StoredList['entries'][number]
/** What a line needs; the rest only the database knows, so that a line that has just come lacks it. */
export type Entry = Pick<StoredEntry, 'opportunityId' | 'customerId' | 'salespersonId' | 'probability'> &
  Partial<StoredEntry>
export type List = Omit<StoredList, 'entries'> & { readonly entries: readonly Entry[] }

/** In the order of their places; lists of an older version have none, and stay as they are. */
export function inOrder(entries: readonly Entry[], order: Order): readonly Entry[] {
  const placeOf = (entry: Entry) => (order === 'value' ? entry.valueRank : entry.rank) ?? undefined
  if (entries.every((entry) => placeOf(entry) === undefined)) return order === 'value' ? [] : entries
  return entries.filter((entry) => placeOf(entry) !== undefined).sort((one, other) => placeOf(one)! - placeOf(other)!)
}

/** The list with what has just been published; details that only the database has are kept. */
export function withLive(before: List, { entries, openCount }: LiveList): List {
  const known = new Map(before.entries.map((entry) => [entry.opportunityId, entry]))
  return {
    ...before,
    openCount,
    entries: entries.map(({ outlook, ...entry }) => {
      const details = known.get(entry.opportunityId)
      const seen = outlook?.lastVisitAt ?? null
      return {
        ...details,
        ...entry,
        customerName: entry.customerName ?? details?.customerName ?? null,
        ...(outlook === null
          ? {}
          : {
              trend: outlook.trend,
              probabilityAssumed: outlook.probabilityAssumed,
              expectedValueMinor: outlook.expectedValueMinor,
              worthCurrency: outlook.currency,
              reasons: outlook.reasons,
              action: outlook.action,
              lastVisitAt: seen,
              // Days are counted by the API, which knows what time it is in a simulated world.
              ...(seen === details?.lastVisitAt ? {} : { daysSinceVisit: null }),
            }),
      }
    }),
  }
}
