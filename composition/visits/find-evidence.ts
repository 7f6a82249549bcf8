import { writtenAt, type VisitFacts } from '../../features/visits/visit-facts.ts'
import { countMinutes, countNumbers } from '../../processors/visits/evidence/digits-against-peers.ts'
import { isKnownPlace, keyOf } from '../../processors/visits/evidence/no-jitter.ts'
import { repeatedShare, type RepeatedPositions } from '../../processors/visits/evidence/repeated-share.ts'
import { detectInto } from '../../processors/visits/evidence/detect-into.ts'
import type { Group, Surroundings } from '../../processors/visits/evidence/detector.ts'
import { hasWeight, type ConfiguredDetector } from '../../processors/visits/evidence/evidence-settings.ts'
import type { Evidence } from '../../processors/visits/evidence/visit-scores.ts'
import { createSimilarTexts } from './similar-texts.ts'

export type EvidenceByVisit = ReadonlyMap<string, Evidence[]>

const keys: Readonly<Record<Exclude<Group, 'text'>, (visit: VisitFacts) => string | null>> = {
  visit: ({ visitId }) => visitId,
  salesperson: ({ salespersonId }) => salespersonId,
  customer: ({ customerId }) => customerId,
  device: ({ deviceId }) => deviceId,
  photo: ({ photoHash }) => photoHash,
  opportunity: ({ opportunityId }) => opportunityId,
}

/** Runs every detector with a weight over all visits of a file, which are in time order. */
export function findEvidence(
  visits: readonly VisitFacts[],
  settings: readonly ConfiguredDetector[],
  known: Pick<Surroundings, 'placesOf' | 'isShared'>,
): EvidenceByVisit {
  const evidence = new Map<string, Evidence[]>()
  const surroundings: Surroundings = {
    ...known,
    repeatedPositions: repeatedShare(repeatedPositions(visits, known)),
    reports: reportsOf(visits),
    digits: { minutes: countMinutes(visits), numbers: countNumbers(visits) },
  }
  const run = (one: ConfiguredDetector, group: readonly VisitFacts[]) => detectInto(evidence, one, group, surroundings)
  const active = settings.filter(hasWeight)
  for (const [name, key] of Object.entries(keys)) {
    const ofGroup = active.filter(({ detector }) => detector.group === name)
    for (const group of grouped(visits, key)) for (const one of ofGroup) run(one, group)
  }
  const ofTexts = active.filter(({ detector }) => detector.group === 'text')
  if (ofTexts.length > 0) for (const group of similarTextGroups(visits)) for (const one of ofTexts) run(one, group)
  return evidence
}

function* grouped(
  visits: readonly VisitFacts[],
  key: (visit: VisitFacts) => string | null,
): Generator<readonly VisitFacts[]> {
  const groups = Map.groupBy(visits, key)
  groups.delete(null)
  yield* groups.values()
}

/** Yields each visit after the earlier ones with a possibly similar text. */
function* similarTextGroups(visits: readonly VisitFacts[]): Generator<readonly VisitFacts[]> {
  const withReport = visits
    .filter(({ text }) => text !== null && text.sketch !== null)
    .sort((one, other) => writtenAt(one) - writtenAt(other))
  const similar = createSimilarTexts(withReport.length)
  for (const visit of withReport) {
    const earlier = similar.add(visit, visit.text!.sketch!)
    if (earlier.length > 0) yield [...earlier, visit]
  }
}

function reportsOf(visits: readonly VisitFacts[]): Surroundings['reports'] {
  const withReport = visits.filter(({ text }) => text !== null && text.sketch !== null)
  return { count: withReport.length, people: new Set(withReport.map(({ salespersonId }) => salespersonId)).size }
}

/** Counts positions equal, to the last digit, to one of another visit of the salesperson or a known place. */
function repeatedPositions(visits: readonly VisitFacts[], known: Pick<Surroundings, 'placesOf'>): RepeatedPositions {
  const measured = visits.filter(({ checkIn }) => checkIn !== null)
  let repeated = 0
  for (const own of Map.groupBy(measured, ({ salespersonId }) => salespersonId).values()) {
    const counts = new Map<string, number>()
    for (const { checkIn } of own) counts.set(keyOf(checkIn!), (counts.get(keyOf(checkIn!)) ?? 0) + 1)
    for (const visit of own) if (counts.get(keyOf(visit.checkIn!))! > 1 || isKnownPlace(visit, known)) repeated++
  }
  return { measured: measured.length, repeated }
}
