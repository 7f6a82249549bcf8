import { nullable, record, timestamp } from '../../../schemas/avro/schema.ts'
import { HOUR_MS } from '../../../schemas/durations.ts'
import { message, type Message } from '../../../schemas/topic.ts'
import {
  alertAdmissions,
  AlertCandidate,
  alertCandidates,
  type AlertCandidate as Candidate,
} from '../../../schemas/visits/alert-admissions.ts'
import { caseRules, type CaseRules } from '../../../schemas/visits/case-rules.ts'
import {
  input,
  noFeatures,
  processor,
  recordState,
  type KeyedState,
  type RowContext,
  type State,
} from '../../processor.ts'
import { dequeue, enqueue, queueKinds, waiting } from './alert-queue.ts'
import { admit, beginDay, dayKinds, hasRoom, takeBack, wasAdmitted } from './alerts-of-day.ts'
import { defaultCaseRules, VISIT_CASES } from './default-case-rules.ts'

const Arrival = record('Arrival', 'What came last, and the latest time that is known.', {
  now: timestamp,
  candidate: nullable(AlertCandidate),
})
const arrivalKind = recordState('arrival', Arrival)

/** One an hour, a day ahead: days begin on the hour somewhere, and snoozes end within the hour. */
const TIMERS = 24

interface ArrivalFacts extends RowContext {
  readonly candidate: Candidate | null
}

/**
 * Lets as many alerts through as people can bear in a day: at once while there is room, then those with the largest
 * loss first when there is room again. One key for all, since the limit of the organisation is one number: only flagged
 * and sampled visits come here, which are few.
 */
export const alertLimits = processor<ArrivalFacts>({
  name: 'alert-limits',
  version: 1,
  purpose: 'Admits alerts on visits up to the limits of the day, for each salesperson and for all; the others wait.',
  inputs: [
    input(alertCandidates, (state, candidate, requestScore) => {
      const before = state.get(arrivalKind, '')?.now
      if (before === undefined) setTimers(state, candidate.occurredAt)
      state.put(arrivalKind, '', { now: Math.max(before ?? candidate.occurredAt, candidate.occurredAt), candidate })
      requestScore(state.key)
    }),
  ],
  outputs: [alertAdmissions],
  state: [arrivalKind],
  decisionState: [...queueKinds, ...dayKinds],
  features: noFeatures,
  commitWithinMs: 100,
  onTimer(state, name, at, requestScore) {
    const now = Math.max(at, state.get(arrivalKind, '')?.now ?? at)
    state.setTimer(name, at + TIMERS * HOUR_MS)
    state.put(arrivalKind, '', { now, candidate: null })
    requestScore(state.key)
  },
  *subjects(state) {
    if (state.get(arrivalKind, '') !== undefined) yield state.key
  },
  row(state) {
    const { now, candidate } = state.get(arrivalKind, '')!
    return { at: now, candidate }
  },
  decide(memory, { id, source, cause, rowContext: { at: now, candidate } }, globals, emit) {
    const rules = globals.get(caseRules, VISIT_CASES) ?? defaultCaseRules
    const isNewDay = beginDay(memory, now, rules.timeZone)
    const come = cause === null ? null : candidate
    if (come !== null) receive(memory, come, now)
    const admitted = come === null || isNewDay ? admitWaiting(memory, now, rules) : admitOne(memory, come, now, rules)
    for (const one of admitted) emit(admission(one, { id: `${id}/${one.visitId}`, occurredAt: now, source }))
  },
  reevaluateOn: [[caseRules, VISIT_CASES]],
})

/** The newest on a visit counts. */
function receive(memory: KeyedState, candidate: Candidate, now: number): void {
  dequeue(memory, candidate.visitId)
  if (isSnoozed(candidate, now)) takeBack(memory, candidate)
  if (!wasAdmitted(memory, candidate)) enqueue(memory, candidate)
}

function admitOne(memory: KeyedState, candidate: Candidate, now: number, rules: Rules): Candidate[] {
  return !wasAdmitted(memory, candidate) && tryOne(memory, candidate, now, rules) ? [candidate] : []
}

function admitWaiting(memory: KeyedState, now: number, rules: Rules): Candidate[] {
  const all = [...waiting(memory)].map(([, candidate]) => candidate)
  return all.filter((candidate) => tryOne(memory, candidate, now, rules))
}

function tryOne(memory: KeyedState, candidate: Candidate, now: number, rules: Rules): boolean {
  // What is sampled raises no alert: it is only told the time.
  if (candidate.kind !== null && (isSnoozed(candidate, now) || !hasRoom(memory, candidate, rules))) return false
  dequeue(memory, candidate.visitId)
  admit(memory, candidate)
  return true
}

type Rules = Pick<CaseRules, 'alertsPerDay' | 'alertsPerSalespersonPerDay'>

function isSnoozed({ waitsUntil }: Candidate, now: number): boolean {
  return waitsUntil !== null && waitsUntil > now
}

function admission(
  { visitId, customerId, kind }: Candidate,
  about: { readonly id: string; readonly occurredAt: number; readonly source: string },
): Message {
  return message(alertAdmissions, { ...about, visitId, customerId, kind })
}

/** Each hour of the day has its own: a tick that comes late, or in a world that goes faster, fires all that are due. */
function setTimers(state: State, from: number): void {
  const hour = Math.floor(from / HOUR_MS)
  for (let ahead = 1; ahead <= TIMERS; ahead++) state.setTimer(`hour/${ahead}`, (hour + ahead) * HOUR_MS)
}
