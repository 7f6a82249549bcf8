import { largerBy, largestOf, mergeKind } from '../../features/merge-kinds.ts'
import { keepLatest, numericState, recordState } from '../../features/keyed-state.ts'
import { boolean, double, nullable, record, string, type TypeOf } from '../../schemas/avro/schema.ts'
import { scores } from '../../schemas/models/scores.ts'
import { Outlook } from '../../schemas/visits/outlook.ts'
import { planning } from '../../schemas/visits/planning.ts'
import { standings, type Standing } from '../../schemas/visits/standings.ts'
import { message } from '../../schemas/topic.ts'
import { opportunities } from '../../schemas/visits/visits.ts'
import { opportunityKind, mergeOpportunities, rememberOpportunity } from './opportunity-record.ts'
import { input, noFeatures, processor, type RowContext, type State } from '../processor.ts'
import { defaultPlanning, VISIT_PLANNING } from './planning/default-planning.ts'
import type { OpportunityFacts } from './planning/opportunity-facts.ts'
import { outlookOf } from './planning/outlook.ts'
import { nextMark } from './planning/urgency.ts'
import { rememberScore, scoredKind } from './scored-opportunity.ts'
import { byKey } from '../../schemas/persons.ts'

const name = 'opportunity-standings'

/** Time of an opportunity’s last event, or of the last day mark that it reached, ms. */
const latestKind = numericState('looked', 1)

const Published = record('Published', 'What was published of an opportunity last.', {
  salespersonId: string,
  teamId: nullable(string),
  probability: nullable(double),
  open: boolean,
  outlook: nullable(Outlook),
})
type Published = TypeOf<typeof Published>
const published = recordState('published', Published)

interface StandingFacts extends OpportunityFacts, RowContext {
  readonly salespersonId: string
  readonly teamId: string | null
  readonly open: boolean
}

/**
 * Publishes under the salesperson’s key how likely opportunities are won and what a visit is expected to bring, and
 * withdraws them when they are closed or change hands.
 */
export const opportunityStandings = processor<StandingFacts>({
  name,
  version: 2,
  purpose:
    'Publishes where each opportunity stands under its salesperson: its probability, what a visit is expected to bring, reasons and the next action; withdraws it when it is closed or given to another.',
  inputs: [
    input(scores, (state, score, requestScore) => {
      const { task, opportunityId } = score
      if (task !== 'conversion' || opportunityId === null) return
      rememberScore(state, opportunityId, score)
      advanceTime(state, opportunityId, score.occurredAt)
      requestScore(opportunityId)
    }),
    input(opportunities, (state, opportunity, requestScore) => {
      if (!rememberOpportunity(state, opportunity)) return
      advanceTime(state, opportunity.opportunityId, opportunity.occurredAt)
      requestScore(opportunity.opportunityId)
    }),
  ],
  outputs: [standings],
  persons: byKey,
  state: [scoredKind, opportunityKind, latestKind],
  decisionState: [published],
  features: noFeatures,
  merge(state, other) {
    mergeKind(
      state,
      other,
      scoredKind,
      largerBy(({ lastVisitAt }) => lastVisitAt),
    )
    mergeOpportunities(state, other)
    mergeKind(state, other, latestKind, largestOf)
  },
  onTimer(state, opportunityId, at, requestScore) {
    advanceTime(state, opportunityId, at)
    requestScore(opportunityId)
  },
  *subjects(state) {
    const ids = new Set<string>()
    for (const [opportunityId] of state.scan(scoredKind)) ids.add(opportunityId)
    for (const [opportunityId] of state.scan(opportunityKind)) ids.add(opportunityId)
    yield* ids
  },
  row: factsOf,
  decide(memory, { key, subject, id, source, rowContext }, globals, emit) {
    const { at: occurredAt, salespersonId, teamId, open } = rowContext
    const before = memory.get(published, subject)
    const promise = open ? outlookOf(rowContext, globals.get(planning, VISIT_PLANNING) ?? defaultPlanning) : undefined
    const now: Published = {
      salespersonId,
      teamId,
      probability: open ? (promise?.probability ?? null) : (before?.probability ?? null),
      open,
      outlook: promise?.outlook ?? null,
    }
    if (before === undefined ? !open : isSame(before, now)) return
    const standing = (of: Published, stands: boolean, part: string): Standing => ({
      id: `${id}/${part}`,
      occurredAt,
      source,
      opportunityId: subject,
      customerId: key,
      salespersonId: of.salespersonId,
      teamId: of.teamId,
      open: stands,
      probability: of.probability,
      outlook: stands ? of.outlook : null,
    })
    const handedOver = before?.open === true && before.salespersonId !== salespersonId
    if (handedOver) emit(message(standings, standing(before, false, 'withdrawn')))
    if (open || !handedOver) emit(message(standings, standing(now, open, 'standing')))
    memory.put(published, subject, now)
  },
  reevaluateOn: [[planning, VISIT_PLANNING]],
})

/** Returns what is known of an opportunity; `undefined` if its salesperson is unknown. */
function factsOf(state: State, opportunityId: string): StandingFacts | undefined {
  const score = state.get(scoredKind, opportunityId)
  const opportunity = state.get(opportunityKind, opportunityId)
  const salespersonId = opportunity?.salespersonId ?? score?.salespersonId ?? null
  if (salespersonId === null) return undefined
  const { probability = null, probabilityBefore = null } = score ?? {}
  return {
    at: state.get(latestKind, opportunityId)![0]!,
    salespersonId,
    teamId: opportunity?.teamId ?? null,
    // An opportunity that is known from its visits alone is open while one of them remains.
    open: opportunity === undefined ? score!.visitCount > 0 : opportunity.status === 'open',
    probability,
    trend: probability === null || probabilityBefore === null ? null : probability - probabilityBefore,
    visitCount: score?.visitCount ?? 0,
    visitsInMonth: score?.visitsInMonth ?? null,
    lastVisitAt: score === undefined || score.visitCount === 0 ? null : score.lastVisitAt,
    plannedCloseAt: opportunity?.plannedCloseAt ?? null,
    stage: opportunity?.stage ?? null,
    valueMinor: opportunity?.valueMinor ?? null,
    currency: opportunity?.currency ?? null,
    agreed: score?.agreed ?? null,
  }
}

/** Records the time and sets the timer for when the urgency of an open opportunity may change. */
function advanceTime(state: State, opportunityId: string, at: number): void {
  keepLatest(state, latestKind, opportunityId, at)
  const facts = factsOf(state, opportunityId)
  const next = facts?.open === true ? nextMark(facts) : undefined
  if (next === undefined) state.clearTimer(opportunityId)
  else state.setTimer(opportunityId, next)
}

function isSame(one: Published, other: Published): boolean {
  if (!one.open && !other.open) return true
  return (
    one.open === other.open &&
    one.salespersonId === other.salespersonId &&
    one.teamId === other.teamId &&
    one.probability === other.probability &&
    JSON.stringify(one.outlook) === JSON.stringify(other.outlook)
  )
}
