import { numericState, type State } from '../../processor.ts'
import type { Outcome } from '../../../schemas/models/outcomes.ts'
import type { Score } from '../../../schemas/models/scores.ts'
import { boundState } from './bound-state.ts'
import { decideByHorizon, startHorizon } from './horizon.ts'
import { joinOutcome, rejoin } from './join-outcome.ts'
import { labelRules, type LabelRule } from './label-rules.ts'
import { labelsOf, momentOf, type Label } from './label-state.ts'
import { keepRow } from './served-rows.ts'

/** By task: rows added since the bounds were checked, the latest time a label is about, the latest event time, ms. */
export const progressKind = numericState('progress', 3)

/** Rows that may be added before the bounds are checked again. */
const UNCHECKED_MAX = 64

const NEVER = Number.NEGATIVE_INFINITY

/** Keeps the row of a score and joins with it the labels that it belongs to. Returns the ids of changed labels. */
export function foldScore(state: State, score: Score): ReadonlySet<string> {
  const changed = new Set<string>()
  const rule = labelRules.get(score.task)
  if (rule === undefined) return changed
  const { task, subjectId, occurredAt: at } = score
  if (!keepRow(state, score)) return changed
  const [added, latestMoment, latestAt] = progressOf(state, task)
  if (at <= latestMoment) joinEarlierLabels(state, rule, { at, subjectId }, changed)
  if (startHorizon(state, rule, subjectId, at)) decideByHorizon(state, rule, subjectId, changed)
  const isDue = added + 1 >= UNCHECKED_MAX
  state.put(progressKind, task, Float64Array.of(isDue ? 0 : added + 1, latestMoment, Math.max(latestAt, at)))
  if (isDue) boundState(state, rule, Math.max(latestAt, at))
  return changed
}

/** Joins an outcome with the row that was served at its time. Returns the ids of changed labels. */
export function foldOutcome(state: State, outcome: Outcome): ReadonlySet<string> {
  const changed = new Set<string>()
  const rule = labelRules.get(outcome.task)
  if (rule === undefined) return changed
  const { task, subjectId, occurredAt } = outcome
  const [added, latestMoment, latestAt] = progressOf(state, task)
  const label = joinOutcome(state, rule, outcome, changed)
  if (label === undefined) return changed
  const moments = Math.max(latestMoment, momentOf(label))
  state.put(progressKind, task, Float64Array.of(added, moments, Math.max(latestAt, occurredAt)))
  decideByHorizon(state, rule, subjectId, changed)
  if (subjectId !== state.key) decideByHorizon(state, rule, state.key, changed)
  return changed
}

function progressOf(state: State, task: string): readonly [added: number, latestMoment: number, latestAt: number] {
  const [added = 0, latestMoment = NEVER, latestAt = NEVER] = state.get(progressKind, task) ?? []
  return [added, latestMoment, latestAt]
}

/** Joins again the labels about times after the row, which was served earlier than it arrived. */
function joinEarlierLabels(
  state: State,
  rule: LabelRule,
  row: { readonly at: number; readonly subjectId: string },
  changed: Set<string>,
): void {
  const isAffected = (label: Label) =>
    label.cause === 'outcome' &&
    momentOf(label) >= row.at &&
    (label.servedAt === null || label.servedAt <= row.at) &&
    (row.subjectId === state.key || row.subjectId === label.subjectId)
  for (const [id, label] of labelsOf(state, `${rule.task}/`))
    if (isAffected(label)) rejoin(state, rule, id, label, changed)
}
