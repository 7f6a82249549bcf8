import { numericState, recordState, type KeyedState } from '../../processor.ts'
import { AlertCandidate } from '../../../schemas/visits/alert-admissions.ts'

/**
 * Limit of the queue: those with the smallest loss are dropped. They raise no alert, but are reviewed from the list of
 * cases.
 */
const WAITING_MAX = 10_000

/** Candidates that wait for room or for the end of a snooze, the largest loss first. */
const waitingKind = recordState('waiting', AlertCandidate)
/** The queued candidate by visit; its queue id follows from its loss. */
const placeKind = recordState('place', AlertCandidate)
const countKind = numericState('waiting-count', 1)

export const queueKinds = [waitingKind, placeKind, countKind] as const

export function enqueue(memory: KeyedState, candidate: AlertCandidate): void {
  dequeue(memory, candidate.visitId)
  memory.put(waitingKind, idOf(candidate), candidate)
  memory.put(placeKind, candidate.visitId, candidate)
  count(memory, +1)
  if (waitingCount(memory) > WAITING_MAX) dropLast(memory)
}

export function dequeue(memory: KeyedState, visitId: string): void {
  const held = memory.get(placeKind, visitId)
  if (held === undefined) return
  memory.delete(waitingKind, idOf(held))
  memory.delete(placeKind, visitId)
  count(memory, -1)
}

/** Returns the queued candidates, the largest loss first. */
export function waiting(memory: KeyedState): Iterable<readonly [id: string, candidate: AlertCandidate]> {
  return memory.scan(waitingKind)
}

function waitingCount(memory: KeyedState): number {
  return memory.get(countKind, '')?.[0] ?? 0
}

function count(memory: KeyedState, change: number): void {
  memory.put(countKind, '', Float64Array.of(waitingCount(memory) + change))
}

function dropLast(memory: KeyedState): void {
  let last: AlertCandidate | undefined
  for (const [, candidate] of memory.scan(waitingKind)) last = candidate
  if (last !== undefined) dequeue(memory, last.visitId)
}

/** The bits of a non-negative double sort as its value; inverted they sort descending. */
function idOf({ loss, visitId }: AlertCandidate): string {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, Math.max(0, loss) + 0)
  return `${(~view.getBigUint64(0) & 0xffff_ffff_ffff_ffffn).toString(16).padStart(16, '0')}/${visitId}`
}
