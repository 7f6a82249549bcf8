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
import { admit, beginDay, dayKinds, isWithinLimits, revokeAdmission, wasAdmitted } from './alerts-of-day.ts'
import { defaultCaseRules, VISIT_CASES } from './default-case-rules.ts'
import { noPersons } from '../../../schemas/persons.ts'

const Arrival = record('Arrival', 'What came last, and the latest time that is known.', {
  now: timestamp,
  candidate: nullable(AlertCandidate),
})
const arrivalKind = recordState('arrival', Arrival)

/**
 * One timer for each hour, a day ahead: a day may begin at any hour, depending on the time zone, and an expired snooze
 * takes effect within the hour.
 */
const TIMERS = 24

interface ArrivalFacts extends RowContext {
  readonly candidate: Candidate | null
}

/**
 * Admits alerts up to the limits of the day: at once while there is room, and the others, the largest loss first, when
 * there is room again. A single key for all, since the organisation’s limit is one number; only flagged and sampled
 * visits arrive here, which are few.
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
  persons: {
    by: 'kind',
    kinds: {
      arrival: { by: 'field', fields: ['candidate.customerId'], then: 'pseudonym' },
      waiting: { by: 'field', fields: ['customerId'], then: 'pseudonym' },
      place: { by: 'field', fields: ['customerId'], then: 'pseudonym' },
      'waiting-count': noPersons('numbers'),
      day: noPersons('numbers'),
      person: noPersons('numbers of salespeople'),
      admitted: noPersons('visits'),
      'admitted-on': noPersons('visits'),
    },
  },
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
    const arrived = cause === null ? null : candidate
    if (arrived !== null) receive(memory, arrived, now)
    const admitted =
      arrived === null || isNewDay ? admitWaiting(memory, now, rules) : admitOne(memory, arrived, now, rules)
    for (const one of admitted) emit(admission(one, { id: `${id}/${one.visitId}`, occurredAt: now, source }))
  },
  reevaluateOn: [[caseRules, VISIT_CASES]],
})

/** Replaces the queued candidate of the visit by a newer one. */
function receive(memory: KeyedState, candidate: Candidate, now: number): void {
  dequeue(memory, candidate.visitId)
  if (isSnoozed(candidate, now)) revokeAdmission(memory, candidate)
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
  // A candidate without a kind, such as a sampled visit, raises no alert: the admission only starts its case’s
  // deadline.
  if (candidate.kind !== null && (isSnoozed(candidate, now) || !isWithinLimits(memory, candidate, rules))) return false
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

/**
 * Sets a timer for each hour of the day, so that a late tick, or one in an accelerated simulation, fires all that are
 * due.
 */
function setTimers(state: State, from: number): void {
  const hour = Math.floor(from / HOUR_MS)
  for (let ahead = 1; ahead <= TIMERS; ahead++) state.setTimer(`hour/${ahead}`, (hour + ahead) * HOUR_MS)
}
