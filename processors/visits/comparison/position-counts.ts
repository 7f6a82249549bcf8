import { numericState, type KeyedState } from '../../../features/keyed-state.ts'
import { message, type Message } from '../../../schemas/topic.ts'
import { POSITIONS, positionCounts, type PositionCount } from '../../../schemas/visits/position-habits.ts'
import type { VisitColumns } from '../evidence/visit-columns.ts'

/** What was told of the positions of a salesperson: how many there are, and how many repeat. */
export const toldPositionsKind = numericState('told-positions', 2)

/** A share of the organisation need not follow each visit: it is told when a tenth of what was told has changed. */
const TOLD_AGAIN = 0.1

/** Tells how the counts of a salesperson have changed, if that is worth telling. */
export function tellPositions(
  decisionState: KeyedState,
  { measured, repeated }: VisitColumns['positions'],
  about: Pick<PositionCount, 'id' | 'source' | 'occurredAt' | 'salespersonId'>,
  emit: (message: Message) => void,
): void {
  const [measuredBefore, repeatedBefore] = decisionState.get(toldPositionsKind, '') ?? [0, 0]
  const isMuch = (now: number, before: number) => now !== before && Math.abs(now - before) >= TOLD_AGAIN * before
  if (!isMuch(measured, measuredBefore!) && !isMuch(repeated, repeatedBefore!)) return
  decisionState.put(toldPositionsKind, '', Float64Array.of(measured, repeated))
  const change = { measured: measured - measuredBefore!, repeated: repeated - repeatedBefore! }
  emit(message(positionCounts, { ...about, name: POSITIONS, ...change }))
}
