import { idPart } from '../../features/string-hash.ts'
import type { VisitFacts } from '../../features/visits/visit-facts.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import { message } from '../../schemas/topic.ts'
import { scores } from '../../schemas/models/scores.ts'
import { comparedVisits as comparedTopic } from '../../schemas/visits/compared-visits.ts'
import { customerPlaces, type CustomerPlace } from '../../schemas/visits/places.ts'
import type { Policy } from '../../schemas/visits/policies.ts'
import { RECORD_ONLY, visitEvidence } from '../../schemas/visits/visit-evidence.ts'
import { visits } from '../../schemas/visits/visits.ts'
import { input, noFeatures, processor, type KeyedState, type RowContext } from '../processor.ts'
import { countVisits } from './policies/count-visits.ts'
import { policyEntries, policyInForce } from './policies/policy-in-force.ts'
import { comparedVisits, toldAgain } from './facts/compared-visits.ts'
import { rememberPlaces, toldPlacesKind } from './facts/told-places.ts'
import { customerEvidence, type Scope } from './facts/customer-evidence.ts'
import { factsOfNoted } from './facts/facts-of-noted.ts'
import { keepPlace, keptPlaces, placeKind } from './facts/kept-places.ts'
import {
  hasNotedVisits,
  lastTold,
  notedKinds,
  notedVisits,
  noteVisit,
  type LastTold,
  type NotedVisit,
} from './facts/noted-visits.ts'
import { keepProbability, probabilitiesOf, probabilityKind } from './facts/probabilities.ts'
import { evidenceMessages, forgetSaid, NOTHING, saidBefore, saidKind, type About, type Say } from './say-evidence.ts'

const name = 'visit-facts'

interface Noted extends RowContext {
  readonly visits: readonly NotedVisit[]
  readonly places: readonly CustomerPlace[]
  readonly probabilities: ReadonlyMap<string, ReturnType<typeof probabilitiesOf>>
  readonly last: LastTold
}

/** Subjects, by what has changed; the empty one stands for the policy. */
const VISIT = 'visit'
const PLACES = 'places'
const SCORES = 'scores/'

/**
 * Turns visits into facts in which evidence is found (spec V5). Compares a customer's own visits, and publishes what
 * comparisons across customers need.
 */
export const visitFactsProcessor = processor<Noted>({
  name,
  version: 1,
  purpose:
    'Looks for evidence against visits among those of one customer: on single visits, beside the known places, and by the rules over visit count and probability. Tells each visit to the groups that it is compared with. Keeps the newest 300 visits, without reports, and 200 places of a customer.',
  inputs: [
    input(visits, (state, visit, requestScore) => {
      if (noteVisit(state, visit)) requestScore(VISIT)
    }),
    input(customerPlaces, (state, place, requestScore) => {
      if (keepPlace(state, place)) requestScore(PLACES)
    }),
    input(scores, (state, score, requestScore) => {
      if (keepProbability(state, score)) requestScore(`${SCORES}${score.visitCount}/${idPart(score.opportunityId!)}`)
    }),
  ],
  outputs: [comparedTopic, visitEvidence],
  state: [...notedKinds, placeKind, probabilityKind],
  decisionState: [saidKind, toldPlacesKind],
  features: noFeatures,
  *subjects(state) {
    if (hasNotedVisits(state)) yield ''
  },
  row(state) {
    const noted = notedVisits(state)
    const last = lastTold(state)
    if (last === undefined) return undefined
    const opportunities = new Set(noted.map(({ opportunityId }) => opportunityId))
    return {
      at: noted.at(-1)!.occurredAt,
      visits: noted,
      places: keptPlaces(state),
      probabilities: new Map([...opportunities].map((id) => [id, probabilitiesOf(state, id)])),
      last,
    }
  },
  decide(decisionState, { id, source, subject, rowContext }, globals, emit) {
    const policy = policyInForce(globals)
    const { places, last } = rowContext
    const told = toldVisit(subject, rowContext)
    const groups =
      told !== undefined
        ? comparedVisits(told, factsOfNoted(told, places), places, last)
        : subject === PLACES
          ? withCheckIn(rowContext).map((visit) => toldAgain(visit, factsOfNoted(visit, places), places))
          : []
    const news = groups.filter((group) => rememberPlaces(decisionState, group) || told !== undefined)
    for (const [number, group] of news.entries())
      emit(message(comparedTopic, { id: `${id}/told/${number}`, source, ...group }))
    const say = evidenceMessages({ id, source, occurredAt: told?.occurredAt ?? rowContext.at }, emit)
    publish(decisionState, rowContext, policy, subject, say)
  },
  reevaluateOn: policyEntries,
  scorers: [
    countVisits<Noted>({
      name: 'visit-facts-counts',
      purpose: 'Counts the visits of each day, before evidence against any of them can be weighed.',
      by: 'evidence',
      counts: 'visits',
      judged(subject, noted) {
        const told = toldVisit(subject, noted)
        if (told === undefined) return undefined
        const day = Math.floor(told.occurredAt / DAY_MS)
        const as = told.withdrawn ? null : { day, flagged: false, policyVersion: 0, modelId: null }
        return { visitId: told.visitId, as }
      },
      forgotten: (subject, { last }) => (subject === VISIT ? last.forgotten : null),
    }),
  ],
})

/** Returns the visit of the event; `undefined`: the event is about something else. */
function toldVisit(subject: string, { visits: noted, last }: Noted): NotedVisit | undefined {
  return subject === VISIT ? noted.find(({ visitId }) => visitId === last.visitId) : undefined
}

function withCheckIn({ visits: noted }: Noted): readonly NotedVisit[] {
  return noted.filter(({ withdrawn, place }) => !withdrawn && place !== null)
}

function publish(
  decisionState: KeyedState,
  noted: Noted,
  policy: Pick<Policy, 'rules' | 'evidence'>,
  subject: string,
  publishEvidence: Say,
): void {
  const { places, last } = noted
  const told = toldVisit(subject, noted)
  if (last.forgotten !== null) {
    forgetSaid(decisionState, [last.forgotten])
    decisionState.delete(toldPlacesKind, idPart(last.forgotten))
  }
  const standing = noted.visits.filter(({ withdrawn }) => !withdrawn)
  const empty = new Set(standing.flatMap(({ isReported, visitId }) => (isReported ? [] : [visitId])))
  const facts = factsOfStanding(standing, noted)
  const found = customerEvidence(facts, places, empty, policy, scopeOf(subject, noted))
  const factsOf = new Map(facts.map((one) => [one.visitId, one]))
  const said = saidBefore(decisionState, publishEvidence, true)
  for (const visit of noted.visits) {
    const isNew = visit === told
    const own = factsOf.get(visit.visitId)
    const ofVisit = found.of.get(visit.visitId) ?? []
    const kinds = new Set([...said.kindsOf(visit.visitId), ...ofVisit.map(({ kind }) => kind)])
    let isSaid = false
    for (const kind of kinds) {
      if (own !== undefined && !found.looked(own, kind)) continue
      const one = ofVisit.find((each) => each.kind === kind)
      isSaid = said.say(aboutOf(visit, own), kind, one, { isNew }) || isSaid
    }
    // Evidence found elsewhere belongs to the former revision: publish the new revision, which replaces it or withdraws
    // it.
    if (isNew && last.isCorrection && !isSaid) publishEvidence(aboutOf(visit, own), { kind: RECORD_ONLY, ...NOTHING })
  }
}

interface StandingFacts extends VisitFacts {
  /** Number of visits of the opportunity up to this one. */
  readonly visitCount: number
}

function factsOfStanding(standing: readonly NotedVisit[], { places, probabilities }: Noted): StandingFacts[] {
  const counts = new Map<string, number>()
  return standing.map((visit) => {
    const count = (counts.get(visit.opportunityId) ?? 0) + 1
    counts.set(visit.opportunityId, count)
    const point = probabilities.get(visit.opportunityId)!.find(({ visitCount }) => visitCount === count)
    return { ...factsOfNoted(visit, places, point?.probability ?? null), visitCount: count }
  })
}

/**
 * Returns the visits to examine again. A visit does not affect earlier ones, unless it is a correction: its former
 * revision may have had another time.
 */
function scopeOf(subject: string, noted: Noted): Scope {
  const { visits: all, last } = noted
  if (subject.startsWith(SCORES)) {
    const [visitCount, opportunityId] = [Number.parseInt(subject.slice(SCORES.length), 10), subject.split('/')[2]!]
    return {
      isTold: () => false,
      places: false,
      fromOf: (id) => (idPart(id) === opportunityId ? visitCount - 1 : Number.POSITIVE_INFINITY),
    }
  }
  if (subject !== VISIT || last.isCorrection)
    return { isTold: () => true, places: true, fromOf: () => (subject === PLACES ? Number.POSITIVE_INFINITY : 0) }
  const told = toldVisit(subject, noted)
  const made = all.filter((one) => !one.withdrawn && one.opportunityId === told?.opportunityId)
  const from = told === undefined || told.withdrawn ? 0 : made.indexOf(told)
  return {
    isTold: (visitId) => visitId === last.visitId,
    places: true,
    fromOf: (id) => (id === told?.opportunityId ? from : Number.POSITIVE_INFINITY),
  }
}

function aboutOf(visit: NotedVisit, facts: StandingFacts | undefined): About {
  const { visitId, revision, withdrawn, customerId, opportunityId, salespersonId, occurredAt: visitedAt } = visit
  return {
    ...{ visitId, revision, withdrawn, customerId, opportunityId, salespersonId, visitedAt, group: 'customer' },
    visitCount: facts?.visitCount ?? null,
    conversionProbability: facts?.probability ?? null,
  }
}
