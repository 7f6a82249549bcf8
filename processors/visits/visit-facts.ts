import { largerBy, mergeKind, revisedOf } from '../../features/merge-kinds.ts'
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
import { policyEntries, activePolicy } from './policies/active-policy.ts'
import { groupUpdates, placesUpdate } from './facts/group-updates.ts'
import { rememberPlaces, publishedPlacesKind } from './facts/published-places.ts'
import { customerEvidence, type Scope } from './facts/customer-evidence.ts'
import { factsOfStored } from './facts/facts-of-stored.ts'
import { storePlace, storedPlaces, placeKind } from './facts/stored-places.ts'
import {
  hasStoredVisits,
  lastVisit,
  mergeStoredVisits,
  storedVisitKinds,
  storedVisits,
  storeVisit,
  type LastVisit,
  type StoredVisit,
} from './facts/stored-visits.ts'
import { storeProbability, probabilitiesOf, probabilityKind } from './facts/probabilities.ts'
import {
  evidenceMessages,
  forgetPublished,
  NO_EVIDENCE,
  publishedEvidence,
  publishedScoreKind,
  type EvidenceHeader,
  type PublishEvidence,
} from './published-evidence.ts'
import { byKey } from '../../schemas/persons.ts'

const name = 'visit-facts'

interface CustomerVisits extends RowContext {
  readonly visits: readonly StoredVisit[]
  readonly places: readonly CustomerPlace[]
  readonly probabilities: ReadonlyMap<string, ReturnType<typeof probabilitiesOf>>
  readonly last: LastVisit
}

/** Subjects, by what has changed; the empty one stands for the policy. */
const VISIT = 'visit'
const PLACES = 'places'
const SCORES = 'scores/'

/**
 * Turns visits into facts in which evidence is found (spec V5). Compares a customer's own visits, and publishes what
 * comparisons across customers need.
 */
export const visitFactsProcessor = processor<CustomerVisits>({
  name,
  version: 1,
  purpose:
    'Looks for evidence against visits among those of one customer: on single visits, beside the known places, and by the rules over visit count and probability. Tells each visit to the groups that it is compared with. Keeps the newest 300 visits, without reports, and 200 places of a customer.',
  inputs: [
    input(visits, (state, visit, requestScore) => {
      if (storeVisit(state, visit)) requestScore(VISIT)
    }),
    input(customerPlaces, (state, place, requestScore) => {
      if (storePlace(state, place)) requestScore(PLACES)
    }),
    input(scores, (state, score, requestScore) => {
      if (storeProbability(state, score)) requestScore(`${SCORES}${score.visitCount}/${idPart(score.opportunityId!)}`)
    }),
  ],
  outputs: [comparedTopic, visitEvidence],
  persons: byKey,
  state: [...storedVisitKinds, placeKind, probabilityKind],
  decisionState: [publishedScoreKind, publishedPlacesKind],
  features: noFeatures,
  merge(state, other) {
    mergeStoredVisits(state, other)
    mergeKind(state, other, placeKind, revisedOf)
    mergeKind(
      state,
      other,
      probabilityKind,
      largerBy(({ points }) => points.length),
    )
  },
  *subjects(state) {
    if (hasStoredVisits(state)) yield ''
  },
  row(state) {
    const stored = storedVisits(state)
    const last = lastVisit(state)
    if (last === undefined) return undefined
    const opportunities = new Set(stored.map(({ opportunityId }) => opportunityId))
    return {
      at: stored.at(-1)!.occurredAt,
      visits: stored,
      places: storedPlaces(state),
      probabilities: new Map([...opportunities].map((id) => [id, probabilitiesOf(state, id)])),
      last,
    }
  },
  decide(decisionState, { id, source, subject, rowContext }, globals, emit) {
    const policy = activePolicy(globals)
    const { places, last } = rowContext
    const changed = changedVisit(subject, rowContext)
    const groups =
      changed !== undefined
        ? groupUpdates(changed, factsOfStored(changed, places), places, last)
        : subject === PLACES
          ? withCheckIn(rowContext).map((visit) => placesUpdate(visit, factsOfStored(visit, places), places))
          : []
    const news = groups.filter((group) => rememberPlaces(decisionState, group) || changed !== undefined)
    for (const [number, group] of news.entries())
      emit(message(comparedTopic, { id: `${id}/told/${number}`, source, ...group }))
    const publishEvidence = evidenceMessages({ id, source, occurredAt: changed?.occurredAt ?? rowContext.at }, emit)
    publish(decisionState, rowContext, policy, subject, publishEvidence)
  },
  reevaluateOn: policyEntries,
  scorers: [
    countVisits<CustomerVisits>({
      name: 'visit-facts-counts',
      purpose: 'Counts the visits of each day, before evidence against any of them can be weighed.',
      by: 'evidence',
      counts: 'visits',
      countedAs(subject, stored) {
        const changed = changedVisit(subject, stored)
        if (changed === undefined) return undefined
        const day = Math.floor(changed.occurredAt / DAY_MS)
        const as = changed.withdrawn ? null : { day, flagged: false, policyVersion: 0, modelId: null }
        return { visitId: changed.visitId, as }
      },
      forgotten: (subject, { last }) => (subject === VISIT ? last.forgotten : null),
    }),
  ],
})

/** Returns the visit of the event; `undefined`: the event is about something else. */
function changedVisit(subject: string, { visits: stored, last }: CustomerVisits): StoredVisit | undefined {
  return subject === VISIT ? stored.find(({ visitId }) => visitId === last.visitId) : undefined
}

function withCheckIn({ visits: stored }: CustomerVisits): readonly StoredVisit[] {
  return stored.filter(({ withdrawn, place }) => !withdrawn && place !== null)
}

function publish(
  decisionState: KeyedState,
  stored: CustomerVisits,
  policy: Pick<Policy, 'rules' | 'evidence'>,
  subject: string,
  publishEvidence: PublishEvidence,
): void {
  const { places, last } = stored
  const changed = changedVisit(subject, stored)
  if (last.forgotten !== null) {
    forgetPublished(decisionState, [last.forgotten])
    decisionState.delete(publishedPlacesKind, idPart(last.forgotten))
  }
  const current = stored.visits.filter(({ withdrawn }) => !withdrawn)
  const empty = new Set(current.flatMap(({ isReported, visitId }) => (isReported ? [] : [visitId])))
  const facts = factsOfCurrent(current, stored)
  const found = customerEvidence(facts, places, empty, policy, scopeOf(subject, stored))
  const factsOf = new Map(facts.map((one) => [one.visitId, one]))
  const published = publishedEvidence(decisionState, publishEvidence, true)
  for (const visit of stored.visits) {
    const isNew = visit === changed
    const own = factsOf.get(visit.visitId)
    const ofVisit = found.of.get(visit.visitId) ?? []
    const kinds = new Set([...published.kindsOf(visit.visitId), ...ofVisit.map(({ kind }) => kind)])
    let isPublished = false
    for (const kind of kinds) {
      if (own !== undefined && !found.wasExamined(own, kind)) continue
      const one = ofVisit.find((each) => each.kind === kind)
      isPublished = published.publish(headerOf(visit, own), kind, one, { isNew }) || isPublished
    }
    // Evidence found elsewhere belongs to the former revision: publish the new revision, which replaces it or withdraws
    // it.
    if (isNew && last.isCorrection && !isPublished)
      publishEvidence(headerOf(visit, own), { kind: RECORD_ONLY, ...NO_EVIDENCE })
  }
}

interface CountedVisitFacts extends VisitFacts {
  /** Number of visits of the opportunity up to this one. */
  readonly visitCount: number
}

function factsOfCurrent(
  current: readonly StoredVisit[],
  { places, probabilities }: CustomerVisits,
): CountedVisitFacts[] {
  const counts = new Map<string, number>()
  return current.map((visit) => {
    const count = (counts.get(visit.opportunityId) ?? 0) + 1
    counts.set(visit.opportunityId, count)
    const point = probabilities.get(visit.opportunityId)!.find(({ visitCount }) => visitCount === count)
    return { ...factsOfStored(visit, places, point?.probability ?? null), visitCount: count }
  })
}

/**
 * Returns the visits to examine again. A visit does not affect earlier ones, unless it is a correction: its former
 * revision may have had another time.
 */
function scopeOf(subject: string, stored: CustomerVisits): Scope {
  const { visits: all, last } = stored
  if (subject.startsWith(SCORES)) {
    const [visitCount, opportunityId] = [Number.parseInt(subject.slice(SCORES.length), 10), subject.split('/')[2]!]
    return {
      isChanged: () => false,
      places: false,
      firstExamined: (id) => (idPart(id) === opportunityId ? visitCount - 1 : Number.POSITIVE_INFINITY),
    }
  }
  if (subject !== VISIT || last.isCorrection)
    return {
      isChanged: () => true,
      places: true,
      firstExamined: () => (subject === PLACES ? Number.POSITIVE_INFINITY : 0),
    }
  const changed = changedVisit(subject, stored)
  const made = all.filter((one) => !one.withdrawn && one.opportunityId === changed?.opportunityId)
  const from = changed === undefined || changed.withdrawn ? 0 : made.indexOf(changed)
  return {
    isChanged: (visitId) => visitId === last.visitId,
    places: true,
    firstExamined: (id) => (id === changed?.opportunityId ? from : Number.POSITIVE_INFINITY),
  }
}

function headerOf(visit: StoredVisit, facts: CountedVisitFacts | undefined): EvidenceHeader {
  const { visitId, revision, withdrawn, customerId, opportunityId, salespersonId, occurredAt: visitedAt } = visit
  return {
    ...{ visitId, revision, withdrawn, customerId, opportunityId, salespersonId, visitedAt, group: 'customer' },
    visitCount: facts?.visitCount ?? null,
    conversionProbability: facts?.probability ?? null,
  }
}
