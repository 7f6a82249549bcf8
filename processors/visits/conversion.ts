import { longTextOf } from '../../features/visits/long-text.ts'
import { rememberVisit, visitHistoryKinds, visitsOf } from '../../features/visits/visit-history.ts'
import { visitFeatures } from '../../features/visits/visits.ts'
import { scores } from '../../schemas/models/scores.ts'
import { opportunities, visits } from '../../schemas/visits/visits.ts'
import { opportunityKind, rememberOpportunity } from './opportunity-record.ts'
import { releases } from '../../schemas/models/releases.ts'
import { input, processor, type RowContext } from '../processor.ts'
import { scoreMessage } from '../score-message.ts'

const name = 'conversion'
const task = 'conversion'

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
  outputs: [scores],
  state: [...visitHistoryKinds, opportunityKind],
  decisionState: [],
  features: visitFeatures,
  task,
  *subjects(state) {
    for (const [opportunityId, { status }] of state.scan(opportunityKind)) if (status === 'open') yield opportunityId
  },
  row(state, opportunityId, row) {
    const opportunity = state.get(opportunityKind, opportunityId)
    if (opportunity !== undefined && opportunity.status !== 'open') return undefined
    const made = visitsOf(state, opportunityId)
    const last = made.at(-1)
    if (last === undefined) return undefined
    visitFeatures.row(made, last.occurredAt, row, 0)
    const { text, lineTimes } = longTextOf(made)
    return {
      at: last.occurredAt,
      text,
      lineTimes,
      visitCount: made.length,
      salespersonId: opportunity?.salespersonId ?? last.salespersonId,
    }
  },
  decide(_decisionState, scored, _globals, emit) {
    const { visitCount, salespersonId } = scored.rowContext
    emit(
      scoreMessage(scored, {
        task,
        features: visitFeatures,
        opportunityId: scored.subject,
        salespersonId,
        visitCount,
      }),
    )
  },
  reevaluateOn: [[releases, task]],
})
