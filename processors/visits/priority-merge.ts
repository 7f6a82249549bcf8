import { recordState, numericState } from '../../features/keyed-state.ts'
import { array, int, record } from '../../schemas/avro/schema.ts'
import { priorities, PriorityEntry, PriorityShare, priorityShares } from '../../schemas/visits/priorities.ts'
import { message } from '../../schemas/topic.ts'
import { input, noFeatures, processor, type RowContext } from '../processor.ts'
import { LIST_LENGTH_MAX, sameList } from './ranking.ts'

const name = 'priority-merge'

/** The latest list of each salesperson. */
const shareKind = recordState('shares', PriorityShare)
const latest = numericState('latest', 1)
const Merged = record('Merged', 'The list as it was published last.', { entries: array(PriorityEntry), openCount: int })
const published = recordState('published', Merged)

interface MergedFacts extends RowContext {
  readonly entries: readonly PriorityEntry[]
  readonly openCount: number
}

/**
 * Merges the salespeople’s best into the lists of their team and of all (spec V4). The first hundred are exact, since
 * they include each salesperson’s first hundred.
 */
export const priorityMerge = processor<MergedFacts>({
  name,
  version: 1,
  purpose: "Merges the salespeople's lists into one for each team and one overall.",
  inputs: [
    input(priorityShares, (state, share, requestScore) => {
      if (share.entries.length > 0) state.put(shareKind, share.salespersonId, share)
      else state.delete(shareKind, share.salespersonId)
      const before = state.get(latest, '')?.[0] ?? share.occurredAt
      state.put(latest, '', Float64Array.of(Math.max(before, share.occurredAt)))
      requestScore(share.owner)
    }),
  ],
  outputs: [priorities],
  state: [shareKind, latest],
  decisionState: [published],
  features: noFeatures,
  emitLatestOnly: true,
  *subjects(state) {
    if (state.get(latest, '') !== undefined) yield ownerOf(state.key)
  },
  row(state) {
    const entries: PriorityEntry[] = []
    let openCount = 0
    for (const [, share] of state.scan(shareKind)) {
      for (const entry of share.entries) take(entries, entry)
      openCount += share.openCount
    }
    return { at: state.get(latest, '')![0]!, entries, openCount }
  },
  decide(memory, { key, subject: owner, id, source, rowContext }, _globals, emit) {
    const { entries, openCount, at: occurredAt } = rowContext
    const before = memory.get(published, '')
    if (before !== undefined && before.openCount === openCount && sameList(before.entries, entries)) return
    const scope = key.startsWith('team:') ? 'team' : 'overall'
    emit(message(priorities, { id, occurredAt, source, scope, owner, entries, openCount }))
    memory.put(published, '', { entries, openCount })
  },
})

/** Keeps the best in order. Entries below a full list, as most entries of many salespeople are, cost one comparison. */
function take(best: PriorityEntry[], entry: PriorityEntry): void {
  if (best.length === LIST_LENGTH_MAX && !isBefore(entry, best.at(-1)!)) return
  let low = 0
  let high = best.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBefore(entry, best[middle]!)) high = middle
    else low = middle + 1
  }
  best.splice(low, 0, entry)
  if (best.length > LIST_LENGTH_MAX) best.pop()
}

function isBefore(one: PriorityEntry, other: PriorityEntry): boolean {
  return (
    one.probability > other.probability ||
    (one.probability === other.probability && one.opportunityId < other.opportunityId)
  )
}

function ownerOf(key: string): string {
  return key.slice(key.indexOf(':') + 1)
}
