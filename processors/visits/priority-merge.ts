import { recordState, numericState, type KeyedState } from '../../features/keyed-state.ts'
import { array, double, int, record, string } from '../../schemas/avro/schema.ts'
import { priorities, priorityShares, type PriorityEntry, type PriorityShare } from '../../schemas/visits/priorities.ts'
import { message } from '../../schemas/topic.ts'
import { input, noFeatures, processor, type RowContext } from '../processor.ts'
import { best, rank, rankedEntry, rankingKinds, unrank, type Best } from './ranking.ts'
import { byOther, noPersons } from '../../schemas/persons.ts'

const name = 'priority-merge'

const Share = record('Share', 'What a salesperson shared last.', { opportunityIds: array(string), openCount: int })
const shareKind = recordState('shares', Share)
/** Time of the latest event, ms, and the number of open opportunities in all shares. */
const latest = numericState('latest', 2)
const Merged = record('Merged', 'The list as it was published last.', { digest: double, openCount: int })
const published = recordState('published', Merged)

interface MergedFacts extends RowContext {
  readonly list: Best
  readonly openCount: number
}

/**
 * Merges the salespeople’s best into the lists of their team and of all (spec V4). The first hundred of each order are
 * exact, since they include each salesperson’s first hundred. Only what a share changes is ranked again.
 */
export const priorityMerge = processor<MergedFacts>({
  name,
  version: 3,
  purpose:
    "Merges the salespeople's lists into one for each team and one overall, by probability and by expected value.",
  inputs: [
    input(priorityShares, (state, share, requestScore) => {
      const change = takeShare(state, share)
      const [at, openCount] = state.get(latest, '') ?? [share.occurredAt, 0]
      state.put(latest, '', Float64Array.of(Math.max(at!, share.occurredAt), openCount! + change))
      requestScore(share.owner)
    }),
  ],
  outputs: [priorities],
  persons: {
    by: 'kind',
    kinds: {
      ranked: byOther('entries of lists, which visit-priority withdraws when it erases the person'),
      shares: byOther('opportunities by id, which visit-priority withdraws when it erases the person'),
      latest: noPersons('times and numbers'),
      published: noPersons('digests of lists'),
    },
  },
  state: [...rankingKinds, shareKind, latest],
  decisionState: [published],
  features: noFeatures,
  emitLatestOnly: true,
  *subjects(state) {
    if (state.get(latest, '') !== undefined) yield ownerOf(state.key)
  },
  row(state) {
    const [at, openCount] = state.get(latest, '')!
    return { at: at!, list: best(state), openCount: openCount! }
  },
  decide(memory, { key, subject: owner, id, source, rowContext }, _globals, emit) {
    const { at: occurredAt, openCount, list } = rowContext
    const { entries, digest } = list
    const before = memory.get(published, '')
    if (before?.digest === digest && before.openCount === openCount) return
    const scope = key.startsWith('team:') ? 'team' : 'overall'
    emit(message(priorities, { id, occurredAt, source, scope, owner, entries, openCount }))
    memory.put(published, '', { digest, openCount })
  },
})

/** Ranks what has changed and returns the change in the number of open opportunities. */
function takeShare(state: KeyedState, { salespersonId, entries, isWhole, goneIds, openCount }: PriorityShare): number {
  const before = state.get(shareKind, salespersonId)
  const shared = new Set(before?.opportunityIds)
  const entryIds = new Set(entries.map(({ opportunityId }) => opportunityId))
  for (const opportunityId of isWhole ? [...shared] : goneIds) {
    if (entryIds.has(opportunityId)) continue
    unrank(state, { opportunityId, salespersonId })
    shared.delete(opportunityId)
  }
  for (const entry of entries) {
    const held = rankedEntry(state, entry)
    // The ranks in a share are those in the salesperson’s own list.
    const plain: PriorityEntry = { ...entry, rank: null, valueRank: null }
    if (held === undefined || !isSame(held, plain)) rank(state, plain, null)
    shared.add(entry.opportunityId)
  }
  if (shared.size > 0) state.put(shareKind, salespersonId, { opportunityIds: [...shared], openCount })
  else state.delete(shareKind, salespersonId)
  return (shared.size > 0 ? openCount : 0) - (before?.openCount ?? 0)
}

/** Compares the values of records deeply: numbers, strings, lists and records. Faster than comparing their JSON. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  const names = Object.keys(one)
  if (names.length !== Object.keys(other).length) return false
  for (const name of names)
    if (!isSame((one as Record<string, unknown>)[name], (other as Record<string, unknown>)[name])) return false
  return true
}

function ownerOf(key: string): string {
  return key.slice(key.indexOf(':') + 1)
}
