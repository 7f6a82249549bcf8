import { mergeLabels } from './labels/merge-labels.ts'
import { customerFeatures } from '../../schemas/customers/customer-features.ts'
import { labelledRows } from '../../schemas/models/labelled-rows.ts'
import { outcomes } from '../../schemas/models/outcomes.ts'
import { scores } from '../../schemas/models/scores.ts'
import { message } from '../../schemas/topic.ts'
import { input, noFeatures, processor, type RowContext } from '../processor.ts'
import { foldOutcome, foldScore, progressKind } from './labels/fold-labels.ts'
import { newestKind, onHorizon } from './labels/horizon.ts'
import { keepFeatures, valuesOf } from './labels/kept-features.ts'
import { labelKind, type Label } from './labels/label-state.ts'
import { labelledRow } from './labels/labelled-row.ts'
import { publishLabels } from './labels/publish-labels.ts'
import { featuresKind, rowKind, type ServedRow } from './labels/row-state.ts'
import { byKey } from '../../schemas/persons.ts'

interface LabelFacts extends RowContext {
  readonly labelId: string
  readonly label: Label
  readonly served: ServedRow | undefined
  readonly values: readonly number[]
}

/**
 * Joins every outcome with the row that was served at its time, and publishes labelled rows to learn from. The labels
 * of a customer do not depend on the order in which scores, features and outcomes arrive.
 */
export const labelJoin = processor<LabelFacts>({
  name: 'label-join',
  version: 1,
  purpose: 'Joins outcomes with the rows that were served at their time, and publishes labelled rows to learn from.',
  inputs: [
    input(customerFeatures, (state, features, requestScore) =>
      publishLabels(state, keepFeatures(state, features), requestScore),
    ),
    input(scores, (state, score, requestScore) => publishLabels(state, foldScore(state, score), requestScore)),
    input(outcomes, (state, outcome, requestScore) => publishLabels(state, foldOutcome(state, outcome), requestScore)),
  ],
  outputs: [labelledRows],
  persons: byKey,
  state: [rowKind, featuresKind, labelKind, newestKind, progressKind],
  decisionState: [],
  features: noFeatures,
  merge: mergeLabels,
  commitWithinMs: 1_000,
  onTimer(state, name, at, requestScore) {
    publishLabels(state, onHorizon(state, name, at), requestScore)
  },
  *subjects(state) {
    for (const [labelId] of state.scan(labelKind)) yield labelId
  },
  row(state, labelId) {
    const label = state.get(labelKind, labelId)
    if (label === undefined) return undefined
    const served = label.rowId === null ? undefined : state.get(rowKind, label.rowId)
    const values = label.status === 'labelled' && served !== undefined ? (valuesOf(state, served) ?? []) : []
    return { at: label.knownAt, labelId, label, served, values }
  },
  decide(_decisionState, { key, id, source, cause, rowContext }, _globals, emit) {
    // No setting changes a label, so a re-evaluation has nothing to publish.
    if (cause === null) return
    emit(message(labelledRows, labelledRow({ ...rowContext, id, source, customerId: key })))
  },
})
