import { numericState, type KeyedState } from '../../../features/keyed-state.ts'
import { message, type Message } from '../../../schemas/topic.ts'
import { POSITIONS, positionCounts, type PositionCount } from '../../../schemas/visits/position-habits.ts'
import type { VisitColumns } from '../evidence/visit-columns.ts'

/** The counts of a salesperson published last: measured positions, and repeated ones. */
export const publishedPositionsKind = numericState('told-positions', 2)

/** Relative change that is published: the organisation’s share need not follow each visit. */
const CHANGE_MIN = 0.1

/** Publishes how the counts of a salesperson have changed, once the change is large enough. */
export function publishPositionCounts(
  decisionState: KeyedState,
  { measured, repeated }: VisitColumns['positions'],
  about: Pick<PositionCount, 'id' | 'source' | 'occurredAt' | 'salespersonId'>,
  emit: (message: Message) => void,
): void {
  const [measuredBefore, repeatedBefore] = decisionState.get(publishedPositionsKind, '') ?? [0, 0]
  const isMuch = (now: number, before: number) => now !== before && Math.abs(now - before) >= CHANGE_MIN * before
  if (!isMuch(measured, measuredBefore!) && !isMuch(repeated, repeatedBefore!)) return
  decisionState.put(publishedPositionsKind, '', Float64Array.of(measured, repeated))
  const change = { measured: measured - measuredBefore!, repeated: repeated - repeatedBefore! }
  emit(message(positionCounts, { ...about, name: POSITIONS, ...change }))
}
