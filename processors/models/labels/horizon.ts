import { numericState, type State } from '../../processor.ts'
import { labelRules, type LabelRule } from './label-rules.ts'
import { horizonLabelId, labelKind, labelsOf, subjectPrefix, type Label } from './label-state.ts'
import { idPart } from '../../../features/string-hash.ts'
import { putLabel } from './put-label.ts'
import { rowIdOf, rowKind } from './row-state.ts'

/** Time of a subject's newest row, ms, and 1 once the horizon has passed since, under `task/subject`. */
export const newestKind = numericState('newest', 2)

const TIMER = 'horizon/'

const newestId = (task: string, subjectId: string) => `${task}/${idPart(subjectId)}`

/** Starts the horizon of a subject again if the row is its newest. */
export function startHorizon(state: State, { task, horizonMs }: LabelRule, subjectId: string, at: number): boolean {
  const id = newestId(task, subjectId)
  const held = state.get(newestKind, id)
  if (held !== undefined && held[0]! >= at) return false
  // A timer that is set checks again when it fires, which is cheaper than moving it with every row.
  if (held === undefined || held[1] === 1) state.setTimer(`${TIMER}${task}/${subjectId}`, at + horizonMs)
  state.put(newestKind, id, Float64Array.of(at, 0))
  return true
}

/** Handles the timer of a horizon. Returns the ids of changed labels. */
export function onHorizon(state: State, name: string, at: number): ReadonlySet<string> {
  const changed = new Set<string>()
  const slash = name.indexOf('/', TIMER.length)
  const [task, subjectId] = [name.slice(TIMER.length, slash), name.slice(slash + 1)]
  const rule = labelRules.get(task)
  const newest = state.get(newestKind, newestId(task, subjectId))
  if (rule === undefined || newest === undefined) return changed
  const endsAt = newest[0]! + rule.horizonMs
  if (at < endsAt) state.setTimer(name, endsAt)
  else {
    state.put(newestKind, newestId(task, subjectId), Float64Array.of(newest[0]!, 1))
    decideByHorizon(state, rule, subjectId, changed)
  }
  return changed
}

/** Labels the subject's newest row by the task's rule if the horizon passed without an outcome, or withdraws that. */
export function decideByHorizon(state: State, rule: LabelRule, subjectId: string, changed: Set<string>): void {
  const { task } = rule
  const id = horizonLabelId(task, subjectId)
  const held = state.get(labelKind, id)
  const [servedAt, passed] = state.get(newestKind, newestId(task, subjectId)) ?? []
  const rowId = servedAt === undefined ? null : rowIdOf(task, subjectId, servedAt)
  const decides =
    passed === 1 && state.get(rowKind, rowId!) !== undefined && !hasOutcome(state, task, subjectId, servedAt!)
  if (decides) {
    if (held?.rowId === rowId && held.status !== 'withdrawn') return
    putLabel(state, id, horizonLabel(rule, subjectId, rowId!, servedAt!), changed)
  } else if (held !== undefined && held.status !== 'withdrawn')
    putLabel(state, id, { ...held, status: 'withdrawn', training: false }, changed)
}

function horizonLabel(
  { task, horizonMs, afterHorizon }: LabelRule,
  subjectId: string,
  rowId: string,
  servedAt: number,
): Label {
  const knownAt = servedAt + horizonMs
  const isNegative = afterHorizon === 'negative'
  return {
    ...{ task, subjectId, cause: 'horizon', asOf: servedAt, firstKnownAt: knownAt, knownAt, revision: 0 },
    ...{ value: isNegative ? 0 : null, contradicted: false, outcomeId: null, outcomeSource: null, reviewer: null },
    ...{ status: isNegative ? 'labelled' : 'unknown', rowId, servedAt, joined: true, training: false },
  } as const
}

/**
 * Returns whether an outcome is known of the subject: of an opportunity any, of a customer, whose rows every outcome of
 * the task may join, one that became known since the row was served.
 */
function hasOutcome(state: State, task: string, subjectId: string, servedAt: number): boolean {
  const isCustomer = subjectId === state.key
  return labelsOf(state, isCustomer ? `${task}/` : subjectPrefix(task, subjectId)).some(
    ([, { cause, firstKnownAt }]) => cause === 'outcome' && (!isCustomer || firstKnownAt >= servedAt),
  )
}
