import { keepLargest, largerBy, mergeKind } from '../../../features/merge-kinds.ts'
import { CALL_MS_MAX, type MadeCall } from '../../../features/calls/lists/entry-progress.ts'
import { recordsOf, recordState } from '../../../features/keyed-state.ts'
import { isNewerEvent } from '../../../features/newer-revision.ts'
import { boolean, nullable, record, string, timestamp, type TypeOf } from '../../../schemas/avro/schema.ts'
import type { CallAttempt } from '../../../schemas/calls/call-attempts.ts'
import type { Call } from '../../../schemas/calls/calls.ts'
import { TIME_MIN_MS } from '../../../schemas/check-event.ts'
import { DAY_MS, SECOND_MS } from '../../../schemas/durations.ts'
import { EventError } from '../../../schemas/event-error.ts'
import type { State, KeyedState } from '../../processor.ts'

/** Calls of one campaign to one customer; more are rejected, which bounds the cost of each event. */
const STEPPED_MAX = 500
/** Ended calls kept per customer, the newest ones. */
const CALLS_MAX = 50

/** Cap on the duration of a call: a longer one is an error of the source. */
const TALK_MS_MAX = DAY_MS

const SteppedCall = record('SteppedCall', 'A call of a campaign, by its reported steps.', {
  campaign: string,
  attemptId: string,
  /** Time of the earliest step. */
  at: timestamp,
  disposition: nullable(string),
  callbackAt: nullable(timestamp),
  /** Time of the step that reported the outcome; null: none has yet. */
  toldAt: nullable(timestamp),
  toldId: nullable(string),
  lost: boolean,
})
type SteppedCall = TypeOf<typeof SteppedCall>
export const steppedKind = recordState('stepped', SteppedCall)

const EndedCall = record('EndedCall', 'An outbound call as the call centre tells it.', {
  callId: string,
  campaign: nullable(string),
  at: timestamp,
  endedAt: timestamp,
  answered: boolean,
})
type EndedCall = TypeOf<typeof EndedCall>
export const endedKind = recordState('ended', EndedCall)

/**
 * Returns the calls of a campaign in order of their start. The event of an ended call has only whether it was answered,
 * which holds until a step reports the outcome.
 */
export function madeCalls(state: State, campaign: string): readonly MadeCall[] {
  const ended = new Map(recordsOf(state, endedKind).map((call) => [call.callId, call]))
  const stepped = recordsOf(state, steppedKind, idPrefix(campaign)).map((call) =>
    ofSteps(call, ended.get(call.attemptId)),
  )
  const known = new Set(stepped.map(({ attemptId }) => attemptId))
  const others = [...ended.values()].filter((call) => call.campaign === campaign && !known.has(call.callId))
  return [...stepped, ...others.map(ofCall)].sort(
    (one, other) => one.at - other.at || (one.attemptId < other.attemptId ? -1 : 1),
  )
}

/** Records a step of a call in any order of arrival: the earliest step sets the start, the latest outcome counts. */
export function rememberStep(state: State, { campaign, attemptId, ...step }: CallAttempt): void {
  const held = steppedCall(state, campaign, attemptId)
  const unknown = { campaign, attemptId, disposition: null, callbackAt: null, toldAt: null, toldId: null, lost: false }
  const known: SteppedCall = { ...unknown, ...held, at: Math.min(held?.at ?? step.occurredAt, step.occurredAt) }
  const { toldAt, toldId } = known
  const isNews =
    step.step === 'completed' && (toldAt === null || isNewerEvent(step, { occurredAt: toldAt, id: toldId! }))
  const { disposition, callbackAt, occurredAt, id } = step
  put(state, isNews ? { ...known, disposition, callbackAt, toldAt: occurredAt, toldId: id } : known)
}

export function rememberCall(state: State, call: Call): void {
  const { callId, campaign, occurredAt: endedAt, durationS, answered } = call
  const held = state.get(endedKind, callId)
  if (held !== undefined && held.endedAt > endedAt) return
  const talkMs = Math.round(Math.min(durationS * SECOND_MS, TALK_MS_MAX))
  state.put(endedKind, callId, { callId, campaign, at: Math.max(endedAt - talkMs, TIME_MIN_MS), endedAt, answered })
  if (state.count(endedKind) <= CALLS_MAX) return
  const oldest = recordsOf(state, endedKind).reduce((one, other) => (other.endedAt < one.endedAt ? other : one))
  state.delete(endedKind, oldest.callId)
}

/** Takes over the calls of another customer's state; the newest 50 ended ones of both stay. */
export function mergeCalls(state: KeyedState, other: KeyedState): void {
  mergeKind(
    state,
    other,
    steppedKind,
    largerBy(({ toldAt }) => toldAt ?? 0),
  )
  mergeKind(
    state,
    other,
    endedKind,
    largerBy(({ endedAt }) => endedAt),
  )
  keepLargest(state, endedKind, CALLS_MAX, ({ endedAt }) => endedAt)
}

/** Marks calls without an outcome as lost once they began `CALL_MS_MAX` ago. */
export function giveUpCalls(state: State, campaign: string, at: number): void {
  for (const call of openCalls(state, campaign)) if (call.at + CALL_MS_MAX <= at) put(state, { ...call, lost: true })
}

function ofSteps({ attemptId, at, disposition, callbackAt, toldAt, lost }: SteppedCall, call?: EndedCall): MadeCall {
  if (toldAt === null && call !== undefined) return { ...ofCall(call), at: Math.min(at, call.at) }
  return { attemptId, at, endedAt: toldAt, disposition, callbackAt, lost }
}

function ofCall({ callId, at, endedAt, answered }: EndedCall): MadeCall {
  const disposition = answered ? 'answered' : 'no-answer'
  return { attemptId: callId, at, endedAt, disposition, callbackAt: null, lost: false }
}

function steppedCall(state: State, campaign: string, attemptId: string): SteppedCall | undefined {
  return state.get(steppedKind, idPrefix(campaign) + attemptId)
}

function put(state: State, call: SteppedCall): void {
  const prefix = idPrefix(call.campaign)
  const isNew = steppedCall(state, call.campaign, call.attemptId) === undefined
  if (isNew && state.count(steppedKind, prefix) >= STEPPED_MAX)
    throw new EventError(
      'FOLD_FAILED',
      `The customer has ${STEPPED_MAX} calls of the campaign ${call.campaign} already.`,
    )
  state.put(steppedKind, prefix + call.attemptId, call)
  const open = openCalls(state, call.campaign).map(({ at }) => at)
  if (open.length === 0) state.clearTimer(call.campaign)
  else state.setTimer(call.campaign, Math.min(...open) + CALL_MS_MAX)
}

function openCalls(state: State, campaign: string): readonly SteppedCall[] {
  return recordsOf(state, steppedKind, idPrefix(campaign)).filter(({ toldAt, lost }) => toldAt === null && !lost)
}

/** The length in front keeps one campaign’s prefix from being the beginning of another’s. */
function idPrefix(campaign: string): string {
  return `${campaign.length}:${campaign}/`
}
