import type { EntryState } from '../../../schemas/calls/campaign-queue.ts'
import type { Disposition } from '../../../schemas/calls/dispositions.ts'
import { MINUTE_MS } from '../../../schemas/durations.ts'

/** A call that nobody has told the end of for so long is no longer waited for. */
export const CALL_MS_MAX = 30 * MINUTE_MS

export type DispositionOf = Omit<Disposition, 'id' | 'occurredAt' | 'source' | 'code' | 'version' | 'changedBy'>

/** A call of the campaign. Times in ms. */
export interface MadeCall {
  readonly attemptId: string
  /** When it began, as far as that is known. */
  readonly at: number
  /** null: nobody has told. */
  readonly endedAt: number | null
  readonly disposition: string | null
  readonly callbackAt: number | null
  /** Too long ago for a call that still goes on. */
  readonly lost: boolean
}

interface ListedCustomer {
  readonly notBefore: number | null
  readonly removed: boolean
}

export interface EntryCourse {
  readonly state: EntryState
  /** ms; called from then on, if waiting; null: at once, or not at all. */
  readonly dueAt: number | null
  readonly lastDisposition: string | null
}

/**
 * What is to be done with a customer on a list, by what came of the calls so far, in order of their beginning. Of a
 * call nobody knows the outcome of, or whose outcome has no meaning, nothing follows: somebody must tell first.
 */
export function entryCourse(
  { notBefore, removed }: ListedCustomer,
  calls: readonly MadeCall[],
  meaningOf: (code: string) => DispositionOf | undefined,
): EntryCourse {
  const last = calls.at(-1)
  const lastDisposition = calls.findLast(({ disposition }) => disposition !== null)?.disposition ?? null
  const course = (state: EntryState, dueAt: number | null = null): EntryCourse => ({ state, dueAt, lastDisposition })
  const waiting = (dueAt: number) => course('waiting', Math.max(dueAt, notBefore ?? dueAt))
  if (removed) return course('removed')
  const untold = calls.find(({ endedAt }) => endedAt === null)
  if (untold !== undefined) return course(untold.lost ? 'unknown' : 'calling')
  if (last === undefined) return course('waiting', notBefore)
  const { endedAt, disposition, callbackAt } = last
  const meaning = disposition === null ? undefined : meaningOf(disposition)
  if (meaning === undefined) return course('unknown')
  if (meaning.doNotCall) return course('done')
  if (callbackAt !== null) return waiting(Math.max(callbackAt, endedAt!))
  const { recycle } = meaning
  const alike = calls.filter((one) => one.disposition === disposition).length
  if (recycle === null || alike >= recycle.attemptsMax) return course('done')
  return waiting(endedAt! + recycle.afterMinutes * MINUTE_MS)
}
