import { createClauseUsers, type TemplateLimits } from '../../../features/visits/texts/clause-users.ts'
import { reportFacts } from '../../../features/visits/texts/report-facts.ts'
import { clauseHashes } from '../../../features/visits/texts/clauses.ts'
import { visitFacts, type VisitFacts } from '../../../features/visits/visit-facts.ts'
import type { RulePoint } from '../../../processors/visits/evidence/ruled-visits.ts'
import { DAY_MS } from '../../../schemas/durations.ts'
import type { PolicyContent } from '../../../schemas/visits/policies.ts'
import type { Reader } from '../../../store/database.ts'
import { placesOfCustomers } from '../../../store/visits/customer-places.ts'
import {
  countPastVisits,
  knownVerdicts,
  newestVisitAt,
  pastVisits,
  probabilitiesOf,
  visitsOfOpportunities,
  type PastVisit,
} from '../../../store/visits/past-visits.ts'
import { byTime, templateOf, withoutSwapped } from '../apply-policy.ts'
import { knownPlaces } from '../known-places.ts'
import type { History } from './backtest.ts'

export interface HistoryRequest {
  /** Days to count, up to the newest visit. */
  readonly days: number
  /** Earlier days whose reports are compared. */
  readonly earlierDays: number
  /** Maximum visits; the newest are read. Each needs 2 kB of memory. */
  readonly visitsMax: number
  /** Current time; visits more than a day later are ignored. */
  readonly now: Date
  /** Receives the share of the history that has been read. */
  readonly progress?: (share: number) => void
}

/**
 * Reads past visits with everything that the policies read. Reports are read twice and not stored, since the templates
 * are known only after the first pass. Returns `undefined` if there are no visits.
 */
export async function readHistory(
  database: Reader,
  { days, earlierDays, visitsMax, now, progress = () => {} }: HistoryRequest,
  inForce: PolicyContent,
  candidate: PolicyContent,
): Promise<History | undefined> {
  const until = await newestVisitAt(database, new Date(now.getTime() + DAY_MS))
  if (until === undefined) return undefined
  const from = until.getTime() - days * DAY_MS
  const start = new Date(from - earlierDays * DAY_MS)
  const pages = () => upTo(pastVisits(database, { from: start, until }), visitsMax)
  const total = Math.max(1, Math.min(visitsMax, await countPastVisits(database, { from: start, until })))
  let read = 0
  const reportProgress = () => {
    if (++read % 1_000 === 0) progress(Math.min(1, read / (2 * total)))
  }
  const users = createClauseUsers()
  const bare: VisitFacts[] = []
  for await (const visit of pages()) {
    users.add(clauseHashes(visit.text), visit.salespersonId)
    bare.push(factsOf(visit, until.getTime()))
    reportProgress()
  }
  const byId = new Map(bare.map((facts) => [facts.visitId, facts]))
  const templates = distinctTemplates([templateOf(inForce), templateOf(candidate)])
  const recorded = templates.map((): VisitFacts[] => [])
  for await (const visit of pages()) {
    reportProgress()
    const facts = byId.get(visit.visitId)
    // A visit that was corrected meanwhile may take the place of another one.
    if (facts === undefined) continue
    for (const [i, template] of templates.entries())
      recorded[i]!.push({ ...facts, text: reportFacts(visit.text, (clause) => users.use(clause, template)) })
  }
  const points = await pointsOf(database, bare, until)
  const probabilities = new Map(points.flat().map(({ visitId, probability }) => [visitId, probability]))
  const [visits = [], candidateVisits] = recorded.map((ones) =>
    withoutSwapped(ones.map((one) => ({ ...one, probability: probabilities.get(one.visitId) ?? null }))).sort(byTime),
  )
  const customers = [...new Set(visits.map(({ customerId }) => customerId!))]
  return {
    visits,
    ...(candidateVisits === undefined ? {} : { candidateVisits }),
    from,
    until: until.getTime(),
    truncated: bare.length >= visitsMax,
    points,
    places: await placesOf(database, customers),
    known: await knownOf(
      database,
      visits.map(({ visitId }) => visitId),
    ),
  }
}

async function* upTo(pages: AsyncIterable<readonly PastVisit[]>, most: number): AsyncGenerator<PastVisit> {
  let given = 0
  for await (const page of pages)
    for (const visit of page) {
      if (given++ >= most) return
      yield visit
    }
}

function distinctTemplates([own, other]: readonly [TemplateLimits, TemplateLimits]): TemplateLimits[] {
  return own.people === other.people && own.share === other.share ? [own] : [own, other]
}

/** Returns the facts of a visit without its report and probability, which are added later. */
function factsOf(visit: PastVisit, until: number): VisitFacts {
  const { latitude, longitude, accuracyM, positionAgeS: ageS, mocked, checkOutPlace } = visit
  const time = (at: Date | null) => at?.getTime() ?? null
  const recorded = {
    visitId: visit.visitId,
    salespersonId: visit.salespersonId,
    customerId: visit.customerId,
    opportunityId: visit.opportunityId,
    deviceId: visit.deviceId,
    photoHash: visit.photoHash,
    occurredAt: visit.occurredAt.getTime(),
    checkInAt: time(visit.checkInAt),
    checkOutAt: time(visit.checkOutAt),
    enteredAt: time(visit.enteredAt),
    plannedFrom: time(visit.plannedFrom),
    plannedUntil: time(visit.plannedUntil),
    place: latitude === null || longitude === null ? null : { latitude, longitude, accuracyM, ageS, mocked },
    checkOutPlace,
    probability: null,
    text: null,
  }
  return visitFacts(recorded, until + DAY_MS).facts
}

/** Customers or opportunities per database query. */
const IDS_PER_QUERY = 1_000

async function inPieces<T, R>(all: readonly T[], ask: (piece: readonly T[]) => Promise<readonly R[]>): Promise<R[]> {
  const answers: R[] = []
  for (let at = 0; at < all.length; at += IDS_PER_QUERY) answers.push(...(await ask(all.slice(at, at + IDS_PER_QUERY))))
  return answers
}

async function pointsOf(database: Reader, visits: readonly VisitFacts[], until: Date): Promise<RulePoint[][]> {
  const customers = [...new Set(visits.map(({ customerId }) => customerId!))]
  const served = await inPieces(customers, (ids) => probabilitiesOf(database, ids))
  const probabilities = new Map(
    served.map(({ opportunityId, visitCount, probability }) => [`${opportunityId}/${visitCount}`, probability]),
  )
  const opportunities = [...new Set(visits.map(({ opportunityId }) => opportunityId!))]
  const made = await inPieces(opportunities, (ids) => visitsOfOpportunities(database, ids, until))
  return [...Map.groupBy(made, ({ opportunityId }) => opportunityId)].map(([opportunityId, ofIt]) =>
    ofIt.map(({ visitId, occurredAt }, i) => ({
      visitId,
      at: occurredAt.getTime(),
      probability: probabilities.get(`${opportunityId}/${i + 1}`) ?? null,
    })),
  )
}

async function placesOf(database: Reader, customers: readonly string[]): Promise<History['places']> {
  const places = await inPieces(customers, (ids) => placesOfCustomers(database, ids, undefined))
  return knownPlaces(
    places.map((place) => ({
      ...place,
      id: place.placeId,
      name: null,
      occurredAt: place.occurredAt.getTime(),
      validFrom: place.validFrom?.getTime() ?? null,
      validUntil: place.validUntil?.getTime() ?? null,
    })),
  )
}

async function knownOf(database: Reader, visitIds: readonly string[]): Promise<ReadonlyMap<string, boolean>> {
  const verdicts = await inPieces(visitIds, (ids) => knownVerdicts(database, ids))
  return new Map(verdicts.map(({ visitId, isFalse }) => [visitId, isFalse]))
}
