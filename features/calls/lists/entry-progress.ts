import type { EntryState } from '../../../schemas/calls/campaign-queue.ts'
import type { Disposition } from '../../../schemas/calls/dispositions.ts'
import { MINUTE_MS } from '../../../schemas/durations.ts'

/** A call without a reported end is given up as lost after this time. */
export const CALL_MS_MAX = 30 * MINUTE_MS

export type DispositionValue = Omit<Disposition, 'id' | 'occurredAt' | 'source' | 'code' | 'version' | 'changedBy'>

/** A call made for the campaign. Times in ms. */
export interface MadeCall {
  readonly attemptId: string
  /** Start of the call, as far as it is known. */
  readonly at: number
  /** null: no end has been reported. */
  readonly endedAt: number | null
  readonly disposition: string | null
  readonly callbackAt: number | null
  /** Whether the call began too long ago to be still going on. */
  readonly lost: boolean
}

interface ListedCustomer {
  readonly notBefore: number | null
  readonly removed: boolean
}

export interface EntryProgress {
  readonly state: EntryState
  /** Earliest time of the next call if waiting, in ms; null: at once, or no call is due. */
  readonly dueAt: number | null
  readonly lastDisposition: string | null
}

/**
 * Derives the state of a customer on a campaign list from the calls so far, in order of their start. A call without a
 * disposition, or with one that has no definition, leaves the state `unknown` until somebody reports it.
 */
export function entryProgress(
  { notBefore, removed }: ListedCustomer,
  calls: readonly MadeCall[],
  meaningOf: (code: string) => DispositionValue | undefined,
): EntryProgress {
  const last = calls.at(-1)
  const lastDisposition = calls.findLast(({ disposition }) => disposition !== null)?.disposition ?? null
  const progress = (state: EntryState, dueAt: number | null = null): EntryProgress => ({
    state,
    dueAt,
    lastDisposition,
  })
  const waiting = (dueAt: number) => progress('waiting', Math.max(dueAt, notBefore ?? dueAt))
  if (removed) return progress('removed')
  const openCall = calls.find(({ endedAt }) => endedAt === null)
  if (openCall !== undefined) return progress(openCall.lost ? 'unknown' : 'calling')
  if (last === undefined) return progress('waiting', notBefore)
  const { endedAt, disposition, callbackAt } = last
  const meaning = disposition === null ? undefined : meaningOf(disposition)
  if (meaning === undefined) return progress('unknown')
  if (meaning.doNotCall) return progress('done')
  if (callbackAt !== null) return waiting(Math.max(callbackAt, endedAt!))
  const { recycle } = meaning
  const sameOutcomes = calls.filter((one) => one.disposition === disposition).length
  if (recycle === null || sameOutcomes >= recycle.attemptsMax) return progress('done')
  return waiting(endedAt! + recycle.afterMinutes * MINUTE_MS)
}
