import { recordState } from '../../features/keyed-state.ts'
import { boolean, double, nullable, record, string, timestamp, type TypeOf } from '../../schemas/avro/schema.ts'
import { scores } from '../../schemas/models/scores.ts'
import { standings, type Standing } from '../../schemas/visits/standings.ts'
import { message } from '../../schemas/topic.ts'
import { opportunities } from '../../schemas/visits/visits.ts'
import { opportunityKind, rememberOpportunity } from './opportunity-record.ts'
import { input, noFeatures, processor } from '../processor.ts'

const name = 'opportunity-standings'

const Scored = record('Scored', 'The newest score of an opportunity.', {
  probability: nullable(double),
  salespersonId: nullable(string),
  at: timestamp,
})
const scored = recordState('scored', Scored)

const Published = record('Published', 'What was published of an opportunity last.', {
  salespersonId: string,
  teamId: nullable(string),
  probability: nullable(double),
  open: boolean,
  at: timestamp,
})
type Published = TypeOf<typeof Published>
const published = recordState('published', Published)

/**
 * Publishes opportunity scores under the salesperson’s key, and withdraws them when the opportunity is closed or
 * changes hands.
 */
export const opportunityStandings = processor<Published>({
  name,
  version: 1,
  purpose:
    'Publishes where each opportunity stands under its salesperson; withdraws it when it is closed or given to another.',
  inputs: [
    input(scores, (state, score, requestScore) => {
      const { task, opportunityId, probability, salespersonId, occurredAt } = score
      if (task !== 'conversion' || opportunityId === null) return
      const held = state.get(scored, opportunityId)
      if (held !== undefined && held.at > occurredAt) return
      state.put(scored, opportunityId, { probability, salespersonId, at: occurredAt })
      requestScore(opportunityId)
    }),
    input(opportunities, (state, opportunity, requestScore) => {
      if (rememberOpportunity(state, opportunity)) requestScore(opportunity.opportunityId)
    }),
  ],
  outputs: [standings],
  state: [scored, opportunityKind],
  decisionState: [published],
  features: noFeatures,
  *subjects(state) {
    for (const [opportunityId] of state.scan(scored)) yield opportunityId
  },
  row(state, opportunityId) {
    const score = state.get(scored, opportunityId)
    const opportunity = state.get(opportunityKind, opportunityId)
    const salespersonId = opportunity?.salespersonId ?? score?.salespersonId ?? null
    if (score === undefined || salespersonId === null) return undefined
    return {
      at: Math.max(score.at, opportunity?.occurredAt ?? score.at),
      salespersonId,
      teamId: opportunity?.teamId ?? null,
      probability: score.probability,
      open: (opportunity?.status ?? 'open') === 'open',
    }
  },
  decide(memory, { key, subject, id, source, rowContext }, _globals, emit) {
    const before = memory.get(published, subject)
    if (before === undefined ? !rowContext.open : sameStanding(before, rowContext)) return
    const standing = (of: Published, open: boolean, part: string): Standing => ({
      id: `${id}/${part}`,
      occurredAt: rowContext.at,
      source,
      opportunityId: subject,
      customerId: key,
      salespersonId: of.salespersonId,
      teamId: of.teamId,
      open,
      probability: of.probability,
    })
    const handedOver = before?.open === true && before.salespersonId !== rowContext.salespersonId
    if (handedOver) emit(message(standings, standing(before, false, 'withdrawn')))
    if (rowContext.open || !handedOver) emit(message(standings, standing(rowContext, rowContext.open, 'standing')))
    const { salespersonId, teamId, probability, open, at } = rowContext
    memory.put(published, subject, { salespersonId, teamId, probability, open, at })
  },
})

function sameStanding(one: Published, other: Published): boolean {
  if (!one.open && !other.open) return true
  return (
    one.open === other.open &&
    one.salespersonId === other.salespersonId &&
    one.teamId === other.teamId &&
    one.probability === other.probability &&
    one.at === other.at
  )
}
