import { largerBy, mergeKind } from '../../../features/merge-kinds.ts'
import { recordState, type State, type KeyedState } from '../../processor.ts'
import { array, record, string, timestamp } from '../../../schemas/avro/schema.ts'
import { DAY_MS } from '../../../schemas/durations.ts'
import { CaseAct } from '../../../schemas/visits/case-acts.ts'
import { CaseTerms } from '../../../schemas/visits/case-findings.ts'
import { Case } from '../../../schemas/visits/cases.ts'
import { isUndecided, type CaseState } from './case-machine.ts'

/** How long ended cases are kept: a customer's state holds those of a little over a year. */
const REMEMBERED_MS = 400 * DAY_MS

/** A customer's cases by visit; `id` and `source` are left empty, since they belong to the published message. */
export const caseKind = recordState('case', Case)

const Memory = record('CaseMemory', 'What is known of a case beside what it shows.', {
  terms: CaseTerms,
  raised: array(string),
})
export const memoryKind = recordState('memory', Memory)

const Admissions = record('CaseRoom', 'The alerts of a visit that there was room for; it may come before the case.', {
  kinds: array(string),
  at: timestamp,
})
export const admissionsKind = recordState('room', Admissions)

const Waiting = record('WaitingActs', 'Acts that came before the finding, as they may where topics are read again.', {
  acts: array(CaseAct),
})
export const waitingKind = recordState('waiting', Waiting)

/** Takes over the cases of another customer's state. A visit belongs to one customer, so none is in both. */
export function mergeCases(state: State, other: KeyedState): void {
  mergeKind(
    state,
    other,
    caseKind,
    largerBy(({ step }) => step),
  )
  mergeKind(state, other, memoryKind, (mine) => mine)
  mergeKind(
    state,
    other,
    admissionsKind,
    largerBy(({ at }) => at),
  )
  mergeKind(state, other, waitingKind, (mine, theirs) => ({ acts: [...mine.acts, ...theirs.acts] }))
}

/** Sets the timers of the case’s next deadlines and clears the others. */
export function setTimers(state: State, { occurredAt, ...held }: CaseState & { readonly occurredAt: number }): void {
  const { visitId, dueAt, overdue, lapsesAt, closesAt } = held
  const set = (name: string, at: number | null) =>
    at === null ? state.clearTimer(`${name}/${visitId}`) : state.setTimer(`${name}/${visitId}`, at)
  const undecided = isUndecided(held)
  set('due', undecided && !overdue ? dueAt : null)
  set('lapse', undecided ? lapsesAt : null)
  set('close', held.status === 'decided' ? closesAt : null)
  set('forget', undecided || held.status === 'decided' ? null : occurredAt + REMEMBERED_MS)
}

/** Sets the timer that drops what is kept for a visit without a case. */
export function forgetLater(state: State, visitId: string, at: number): void {
  state.setTimer(`forget/${visitId}`, at + REMEMBERED_MS)
}

export function forget(state: State, visitId: string): void {
  state.delete(caseKind, visitId)
  state.delete(memoryKind, visitId)
  state.delete(admissionsKind, visitId)
  state.delete(waitingKind, visitId)
}
