import type { FeatureNames } from '../features/feature-set.ts'
import { rowToArray } from '../features/row-to-array.ts'
import { scores } from '../schemas/models/scores.ts'
import { message, type Message } from '../schemas/topic.ts'
import type { Selection } from './models/exploration.ts'
import type { RowContext, ScoredSubject } from './processor.ts'

export interface ScoreSubject {
  readonly task: string
  readonly features: FeatureNames
  readonly opportunityId?: string
  readonly salespersonId?: string | null
  readonly visitCount?: number
  /** Id of the published features message that holds the row; the score then does not repeat it. */
  readonly featuresId?: string | null
  /** Whether the task acts on the subject; not given if it is unknown. */
  readonly selection?: Selection | undefined
}

/** Builds a score with everything that its model saw: joined with the later outcome, it is a training row. */
export function scoreMessage<F extends RowContext>(
  {
    key,
    subject,
    id,
    source,
    cause,
    rowContext,
    row,
    probability,
    modelId,
    unscoredReason,
  }: Pick<
    ScoredSubject<F>,
    'key' | 'subject' | 'id' | 'source' | 'cause' | 'rowContext' | 'row' | 'probability' | 'modelId' | 'unscoredReason'
  >,
  about: ScoreSubject,
): Message {
  return message(scores, {
    id,
    occurredAt: rowContext.at,
    source,
    task: about.task,
    subjectId: subject,
    customerId: key,
    opportunityId: about.opportunityId ?? null,
    salespersonId: about.salespersonId ?? null,
    visitCount: about.visitCount ?? null,
    probability,
    modelId: probability === null ? null : modelId,
    absent: unscoredReason,
    featureSet: about.features.id,
    row: about.featuresId ? [] : rowToArray(row),
    text: rowContext.text ?? null,
    lineTimes: rowContext.lineTimes ?? null,
    inputTopic: cause?.topic ?? null,
    inputPartition: cause?.partition ?? null,
    inputOffset: cause?.offset ?? null,
    featuresId: about.featuresId ?? null,
    propensity: about.selection?.propensity ?? null,
    acted: about.selection?.acted ?? null,
  })
}
