import type { LabelledRow } from '../../../schemas/models/labelled-rows.ts'
import { momentOf, type Label } from './label-state.ts'
import type { ServedRow } from './row-state.ts'

interface LabelToPublish {
  readonly id: string
  readonly source: string
  readonly customerId: string
  readonly labelId: string
  readonly label: Label
  /** The row that the label joins, if one was served. */
  readonly served: ServedRow | undefined
  /** The numbers of the row. */
  readonly values: readonly number[]
}

/** Builds the published form of a label. What the model saw is included only with a label to learn from. */
export function labelledRow({ id, source, customerId, labelId, label, served, values }: LabelToPublish): LabelledRow {
  const { task, subjectId, status, cause, value, training, knownAt, servedAt } = label
  const { outcomeId, outcomeSource, reviewer, revision } = label
  const isLabelled = status === 'labelled'
  return {
    ...{ id, occurredAt: knownAt, source, labelId, customerId, task, subjectId, status, cause },
    label: isLabelled ? value : null,
    training,
    joined: label.joined ? 1 : 0,
    asOf: momentOf(label),
    ...{ knownAt, outcomeId, outcomeSource, reviewer, revision, servedAt },
    scoreId: served?.scoreId ?? null,
    featureSet: served?.featureSet ?? null,
    row: isLabelled ? values : [],
    text: (isLabelled ? served?.text : null) ?? null,
    lineTimes: (isLabelled ? served?.lineTimes : null) ?? null,
    probability: served?.probability ?? null,
    modelId: served?.modelId ?? null,
    propensity: served?.propensity ?? null,
    acted: served?.acted ?? null,
  }
}
