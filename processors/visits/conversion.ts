import { longTextOf } from '../../features/visits/long-text.ts'
import {
  lastVisitAt,
  rememberVisit,
  mergeVisits,
  visitHistoryKinds,
  visitsOf,
} from '../../features/visits/visit-history.ts'
import { visitFeatures } from '../../features/visits/visits.ts'
import { scores } from '../../schemas/models/scores.ts'
import { shadowScores } from '../../schemas/models/shadow-scores.ts'
import { opportunities, visits } from '../../schemas/visits/visits.ts'
import { opportunityKind, mergeOpportunities, rememberOpportunity } from './opportunity-record.ts'
import { releases } from '../../schemas/models/releases.ts'
import { input, processor, type RowContext } from '../processor.ts'
import { scoreMessage } from '../score-message.ts'
import { byKey } from '../../schemas/persons.ts'

const name = 'conversion'
const task = 'conversion'
/** Reason for a missing probability that does not depend on the model. */
const NO_VISIT = 'No visit counts: the reported ones were withdrawn or belong to another opportunity.'

interface ConversionFacts extends RowContext {
  readonly text: string
  readonly lineTimes: readonly number[]
  readonly visitCount: number
  readonly salespersonId: string | null
}

/** Rescores an opportunity with each of its visits (spec V1, V4). Closed ones are not scored. */
export const conversion = processor<ConversionFacts>({
  name,
  version: 1,
  purpose: 'Scores the conversion probability of an opportunity from the texts and timing of its visits.',
  inputs: [
    input(visits, (state, visit, requestScore) => {
      for (const opportunityId of rememberVisit(state, visit)) requestScore(opportunityId)
    }),
    input(opportunities, (state, opportunity, requestScore) => {
      if (rememberOpportunity(state, opportunity)) requestScore(opportunity.opportunityId)
    }),
  ],
  outputs: [scores, shadowScores],
  persons: byKey,
  state: [...visitHistoryKinds, opportunityKind],
  decisionState: [],
  features: visitFeatures,
  task,
  merge(state, other) {
    mergeVisits(state, other)
    mergeOpportunities(state, other)
  },
  *subjects(state) {
    for (const [opportunityId, { status }] of state.scan(opportunityKind)) if (status === 'open') yield opportunityId
  },
  row(state, opportunityId, row) {
    const opportunity = state.get(opportunityKind, opportunityId)
    if (opportunity !== undefined && opportunity.status !== 'open') return undefined
    const made = visitsOf(state, opportunityId)
    const last = made.at(-1)
    // If no visit remains, a score without a probability replaces the last one.
    const at = last?.occurredAt ?? lastVisitAt(state, opportunityId)
    if (at === undefined) return undefined
    visitFeatures.row(made, at, row, 0)
    const { text, lineTimes } = longTextOf(made)
    const salespersonId = opportunity?.salespersonId ?? last?.salespersonId ?? null
    return { at, text, lineTimes, visitCount: made.length, salespersonId }
  },
  decide(_decisionState, scored, _globals, emit) {
    const { key, subject, id, source, cause, row, rowContext } = scored
    const { visitCount, salespersonId } = rowContext
    const score =
      visitCount > 0
        ? scored
        : {
            key,
            subject,
            id,
            source,
            cause,
            row,
            rowContext,
            probability: null,
            modelId: null,
            unscoredReason: NO_VISIT,
          }
    emit(scoreMessage(score, { task, features: visitFeatures, opportunityId: subject, salespersonId, visitCount }))
  },
  reevaluateOn: [[releases, task]],
})
