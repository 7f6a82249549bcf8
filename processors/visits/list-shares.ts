import { recordState, type KeyedState } from '../../features/keyed-state.ts'
import { array, double, int, record, string } from '../../schemas/avro/schema.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import type { PriorityShare } from '../../schemas/visits/priorities.ts'
import type { Best } from './ranking.ts'

const Shared = record('Shared', 'What a list was given of this salesperson.', {
  /** Day of the last full share, counted from 1970. */
  day: int,
  opportunityIds: array(string),
  marks: array(double),
})

/** What was shared last, by list. */
export const sharedKind = recordState('shared', Shared)

/**
 * Returns the salesperson's share of a list: all of the best at first and once a day, so that a rebuilt list gets them;
 * otherwise only what differs from the last share, which costs a small part of it.
 */
export function shareOf(
  memory: KeyedState,
  listId: string,
  { entries, marks, openCount }: Best,
  at: number,
): Pick<PriorityShare, 'entries' | 'goneIds' | 'isWhole' | 'openCount'> {
  const day = Math.floor(at / DAY_MS)
  const before = memory.get(sharedKind, listId)
  const opportunityIds = entries.map(({ opportunityId }) => opportunityId)
  memory.put(sharedKind, listId, { day, opportunityIds, marks })
  if (before === undefined || before.day !== day) return { entries, goneIds: [], isWhole: true, openCount }
  const publishedMarks = new Map(before.opportunityIds.map((id, index) => [id, before.marks[index]]))
  const present = new Set(opportunityIds)
  return {
    entries: entries.filter(({ opportunityId }, index) => publishedMarks.get(opportunityId) !== marks[index]),
    goneIds: before.opportunityIds.filter((id) => !present.has(id)),
    isWhole: false,
    openCount,
  }
}
