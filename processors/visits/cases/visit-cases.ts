import { alerts } from '../../../schemas/customers/alerts.ts'
import { EventError } from '../../../schemas/event-error.ts'
import { message } from '../../../schemas/topic.ts'
import { alertAdmissions, type AlertAdmission } from '../../../schemas/visits/alert-admissions.ts'
import { caseActs, type CaseAct } from '../../../schemas/visits/case-acts.ts'
import { caseFindings, type CaseFinding } from '../../../schemas/visits/case-findings.ts'
import { cases, type Case, type CaseChange } from '../../../schemas/visits/cases.ts'
import { input, noFeatures, processor, type RequestScore, type RowContext, type State } from '../../processor.ts'
import { alertMessages, currentAlertKind } from './case-alerts.ts'
import { admitted, alertOf, changedBy, openedBy, overdue, closed, lapsed, type PlatformChange } from './case-changes.ts'
import { afterAct, isUndecided, refusalOf, type CaseState } from './case-machine.ts'
import {
  caseKind,
  forget,
  forgetLater,
  mergeCases,
  memoryKind,
  admissionsKind,
  setTimers,
  waitingKind,
} from './case-memory.ts'
import { byKey } from '../../../schemas/persons.ts'

/** Pairs of alert kind and policy version, kept per case so that each is raised once; the oldest are dropped. */
const RAISED_MAX = 20
/** Acts kept for a visit that has no case yet. */
const WAITING_MAX = 20

interface CaseFacts extends RowContext {
  readonly held: Case
}

/** Keeps the case of each flagged or sampled visit, from the finding to the decision and beyond (spec V5). */
export const visitCases = processor<CaseFacts>({
  name: 'visit-cases',
  version: 1,
  purpose:
    'Keeps a case for each visit that is flagged or sampled: who reviews it, the answer, the decision, and its alert.',
  inputs: [input(caseFindings, foldFinding), input(alertAdmissions, foldAdmission), input(caseActs, foldAct)],
  outputs: [cases, alerts],
  persons: byKey,
  state: [caseKind, memoryKind, admissionsKind, waitingKind],
  decisionState: [currentAlertKind],
  features: noFeatures,
  merge: mergeCases,
  // Reviewers are waiting to see the effect of their acts.
  commitWithinMs: 20,
  onTimer(state, name, at, requestScore) {
    const slash = name.indexOf('/')
    const [what, visitId] = [name.slice(0, slash), name.slice(slash + 1)]
    const held = state.get(caseKind, visitId)
    if (what === 'forget') return forget(state, visitId)
    const change = held && timed(what, held)
    if (change !== undefined) putChange(state, held!, change, at, requestScore)
  },
  *subjects(state) {
    for (const [visitId] of state.scan(caseKind)) yield visitId
  },
  row(state, visitId) {
    const held = state.get(caseKind, visitId)
    return held && { at: held.occurredAt, held }
  },
  decide(decisionState, { id, source, cause, rowContext }, _globals, emit) {
    // Settings reach the case through its findings, so a re-evaluation has nothing to publish.
    if (cause === null) return
    const held = { ...rowContext.held, id, source }
    emit(message(cases, held))
    for (const alert of alertMessages(decisionState, held)) emit(alert)
  },
})

function foldFinding(state: State, finding: CaseFinding, requestScore: RequestScore): void {
  const { visitId, occurredAt, terms } = finding
  const held = state.get(caseKind, visitId)
  if (held !== undefined) {
    const memory = state.get(memoryKind, visitId)!
    return putChange(state, held, changedBy(held, finding, memory.terms), occurredAt, requestScore)
  }
  state.put(memoryKind, visitId, { terms, raised: [] })
  putChange(state, undefined, openedBy(finding), occurredAt, requestScore)
  const admissions = state.get(admissionsKind, visitId)
  if (admissions !== undefined) applyAdmission(state, visitId, admissions.at, requestScore)
  const { acts = [] } = state.get(waitingKind, visitId) ?? {}
  state.delete(waitingKind, visitId)
  for (const act of acts) foldAct(state, act, requestScore)
}

function foldAdmission(state: State, { visitId, kind, occurredAt }: AlertAdmission, requestScore: RequestScore): void {
  const kinds = state.get(admissionsKind, visitId)?.kinds ?? []
  const known = kind === null || kinds.includes(kind)
  state.put(admissionsKind, visitId, { kinds: known ? kinds : [...kinds, kind], at: occurredAt })
  if (state.get(caseKind, visitId) !== undefined) applyAdmission(state, visitId, occurredAt, requestScore)
  else forgetLater(state, visitId, occurredAt)
}

function applyAdmission(state: State, visitId: string, at: number, requestScore: RequestScore): void {
  const held = state.get(caseKind, visitId)!
  putChange(state, held, admitted(held, at, state.get(memoryKind, visitId)!.terms), at, requestScore)
}

function foldAct(state: State, act: CaseAct, requestScore: RequestScore): void {
  const { visitId, id: actId, kind, by, note, occurredAt } = act
  const held = state.get(caseKind, visitId)
  if (held === undefined) return keepWaiting(state, act)
  const refusal = refusalOf(held, act)?.text ?? null
  const { terms } = state.get(memoryKind, visitId)!
  const caseState = refusal === null ? afterAct(held, act, terms) : held
  putCase(state, held, caseState, { kind, actId, by, note, refusal }, occurredAt, requestScore)
}

/** Keeps an act until the finding arrives: when topics are read again, their events may interleave in another order. */
function keepWaiting(state: State, act: CaseAct): void {
  const { acts = [] } = state.get(waitingKind, act.visitId) ?? {}
  if (acts.length >= WAITING_MAX) {
    const text = `${WAITING_MAX} acts on the visit ${act.visitId} wait already, and it has no case: look at the list of cases for its name.`
    throw new EventError('FOLD_FAILED', text)
  }
  state.put(waitingKind, act.visitId, { acts: [...acts, act] })
  forgetLater(state, act.visitId, act.occurredAt)
}

function timed(what: string, held: Case): PlatformChange | undefined {
  if (what === 'close') return held.status === 'decided' ? closed(held) : undefined
  if (!isUndecided(held)) return undefined
  return what === 'lapse' ? lapsed(held) : overdue(held)
}

function putChange(
  state: State,
  held: Case | undefined,
  { kind, caseState }: PlatformChange,
  at: number,
  requestScore: RequestScore,
): void {
  putCase(state, held, caseState, { kind, actId: null, by: null, note: null, refusal: null }, at, requestScore)
}

function putCase(
  state: State,
  held: Case | undefined,
  caseState: CaseState,
  details: Omit<CaseChange, 'before' | 'after'>,
  occurredAt: number,
  requestScore: RequestScore,
): void {
  const { visitId } = caseState
  const next = { ...caseState, alert: details.refusal === null ? alertNow(state, caseState) : caseState.alert }
  // A repeated admission, or one for a decided case, changes nothing.
  if (held !== undefined && caseState === held && details.actId === null && next.alert === held.alert) return
  const change = { ...details, before: held === undefined ? null : shown(held), after: shown(next) }
  const step = held === undefined ? 0 : held.step + 1
  state.put(caseKind, visitId, { ...next, id: '', source: '', occurredAt, step, change })
  setTimers(state, { ...next, occurredAt })
  requestScore(visitId)
}

const shown = ({ status, reviewer, decision, claim }: CaseState) => ({ status, reviewer, decision, claim })

/** Returns the alert to raise or keep: once per kind and policy version, after its admission; null if there is none. */
function alertNow(state: State, caseState: CaseState): string | null {
  const kind = alertOf(caseState)
  const { kinds = [] } = state.get(admissionsKind, caseState.visitId) ?? {}
  if (kind === null || !isUndecided(caseState) || caseState.snoozedUntil !== null || !kinds.includes(kind)) return null
  if (caseState.alert === kind) return kind
  const memory = state.get(memoryKind, caseState.visitId)!
  const once = `${kind}/${caseState.policyVersion}`
  if (memory.raised.includes(once)) return null
  state.put(memoryKind, caseState.visitId, { ...memory, raised: [...memory.raised, once].slice(-RAISED_MAX) })
  return kind
}
