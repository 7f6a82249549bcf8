import type { State } from '../../processor.ts'
import { EventError } from '../../../schemas/event-error.ts'
import type { Outcome } from '../../../schemas/models/outcomes.ts'
import { forgetLabels } from './bound-state.ts'
import { keptMsOf, LABELS_MAX, type LabelRule } from './label-rules.ts'
import { labelKind, momentOf, outcomeLabelId, type Label } from './label-state.ts'
import { putLabel } from './put-label.ts'
import { newestRow } from './served-rows.ts'

/**
 * Lets an outcome decide its label, unless a later revision did. Returns the label if it changed. Throws `EventError`
 * for an outcome about a time after it became known, and for one label too many.
 */
export function joinOutcome(state: State, rule: LabelRule, outcome: Outcome, changed: Set<string>): Label | undefined {
  const { task, subjectId, asOf, occurredAt } = outcome
  if (asOf !== null && asOf > occurredAt)
    throw new EventError('INVALID', `asOf is ${asOf}, after occurredAt, ${occurredAt} (ms since 1970).`)
  const id = outcomeLabelId(task, subjectId, asOf)
  const held = state.get(labelKind, id)
  if (held === undefined) checkRoom(state, rule, occurredAt)
  const merged = merge(held, outcome)
  if (merged === held) return undefined
  rejoin(state, rule, id, merged, changed)
  return merged
}

function checkRoom(state: State, rule: LabelRule, now: number): void {
  const { task } = rule
  if (state.count(labelKind, `${task}/`) < LABELS_MAX) return
  forgetLabels(state, task, now - keptMsOf(rule))
  if (state.count(labelKind, `${task}/`) < LABELS_MAX) return
  throw new EventError(
    'FOLD_FAILED',
    `The customer has ${LABELS_MAX} labels of ${task} that may still be corrected: combine the outcomes of a day.`,
  )
}

/** Joins the label with the row that was served at its time, and stores it. */
export function rejoin(state: State, rule: LabelRule, id: string, label: Label, changed: Set<string>): void {
  const subjects = new Set([label.subjectId, state.key])
  const served = newestRow(state, rule.task, subjects, {
    from: label.firstKnownAt - rule.horizonMs,
    to: momentOf(label),
  })
  const status = label.contradicted ? 'contradicted' : served === undefined ? 'unmatched' : 'labelled'
  const [rowId, servedAt] = served === undefined ? [null, null] : [served.rowId, served.at]
  const joined = label.joined || served !== undefined
  // The training row of the period is selected below.
  putLabel(state, id, { ...label, status, rowId, servedAt, joined, training: false }, changed)
}

/**
 * Merges an outcome into the label: the highest revision counts, of equal ones the one that became known last. Outcomes
 * equal in both that differ in value contradict each other. The result does not depend on the order of the outcomes.
 */
function merge(held: Label | undefined, outcome: Outcome): Label {
  const { id, occurredAt, source, task, subjectId, value, asOf, reviewer, revision } = outcome
  const firstKnownAt = Math.min(occurredAt, held?.firstKnownAt ?? occurredAt)
  const own = { knownAt: occurredAt, value, outcomeId: id, outcomeSource: source, reviewer, revision }
  if (held === undefined) {
    const fresh = {
      contradicted: false,
      status: 'unmatched',
      rowId: null,
      servedAt: null,
      joined: false,
      training: false,
    } as const
    return { task, subjectId, cause: 'outcome', asOf, firstKnownAt, ...own, ...fresh }
  }
  const order = revision - held.revision || occurredAt - held.knownAt
  if (order > 0) return { ...held, ...own, firstKnownAt, contradicted: false }
  const contradicted = held.contradicted || (order === 0 && value !== held.value)
  // The smaller id represents equal outcomes, whichever arrived first.
  const decides = order === 0 && held.outcomeId !== null && id < held.outcomeId
  if (!decides && contradicted === held.contradicted && firstKnownAt === held.firstKnownAt) return held
  return { ...held, ...(decides ? own : {}), firstKnownAt, contradicted }
}
