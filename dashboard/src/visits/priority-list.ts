import type { ApiResponse, LiveMessages } from '../api.ts'

export type Order = 'probability' | 'value'
export type LiveList = LiveMessages['priorities']
export type StoredList = ApiResponse<'/priorities'>
type StoredEntry = StoredList['entries'][number]
/** Fields that every entry has; the rest comes from the database, so a new live entry lacks it. */
export type Entry = Pick<StoredEntry, 'opportunityId' | 'customerId' | 'salespersonId' | 'probability'> &
  Partial<StoredEntry>
export type List = Omit<StoredList, 'entries'> & { readonly entries: readonly Entry[] }

/** Sorts entries by rank; lists of an older version have no ranks, and keep their order. */
export function inOrder(entries: readonly Entry[], order: Order): readonly Entry[] {
  const placeOf = (entry: Entry) => (order === 'value' ? entry.valueRank : entry.rank) ?? undefined
  if (entries.every((entry) => placeOf(entry) === undefined)) return order === 'value' ? [] : entries
  return entries.filter((entry) => placeOf(entry) !== undefined).sort((one, other) => placeOf(one)! - placeOf(other)!)
}

/** Returns the list with a live message applied; details that only the database has are kept. */
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
              // The API counts the days, because it knows the simulated time.
              ...(seen === details?.lastVisitAt ? {} : { daysSinceVisit: null }),
            }),
      }
    }),
  }
}
