import { reportFacts } from '../../../../features/visits/texts/report-facts.ts'
import { visitFacts, type VisitFacts } from '../../../../features/visits/visit-facts.ts'
import type { Detector, Surroundings } from '../../../../processors/visits/evidence/detector.ts'
import { reportOnly } from '../../../../schemas/visits/visits.ts'

type Told = Parameters<typeof visitFacts>[0]

/** Returns a time on the first working day of 2026 in Shanghai, such as `9:30`, or days later: `9:30+2`. */
export function at(time: string): number {
  const [clock, days = '0'] = time.split('+')
  const [hours, minutes, seconds = '0'] = clock!.split(':')
  return Date.UTC(2026, 0, 5 + Number(days), Number(hours) - 8, Number(minutes), Number(seconds))
}

export const fix = (latitude: number, longitude: number, more: Partial<NonNullable<Told['place']>> = {}) => ({
  latitude,
  longitude,
  accuracyM: 10,
  ageS: 0,
  mocked: false,
  ...more,
})

/** An office in Shanghai; a thousandth of a degree of latitude is 111 m. */
export const office = { latitude: 31.23, longitude: 121.47 }
export const north = (km: number, more: Partial<NonNullable<Told['place']>> = {}) =>
  fix(office.latitude + km / 111.195, office.longitude, more)

export function facts(
  visitId: string,
  told: Partial<Omit<Told, 'text'>> & { readonly text?: string } = {},
): VisitFacts {
  const { text, ...rest } = told
  return visitFacts(
    {
      ...reportOnly,
      visitId,
      salespersonId: 's1',
      customerId: `c-${visitId}`,
      opportunityId: null,
      occurredAt: null,
      probability: null,
      ...rest,
      text: text === undefined ? null : reportFacts(text),
    },
    Number.POSITIVE_INFINITY,
  ).facts
}

export const nothingKnown: Surroundings = {
  placesOf: () => [],
  isShared: () => false,
  repeatedPositions: null,
  reports: null,
  digits: null,
}

/** Returns the strongest score by visit that a detector finds with its default parameters. */
export function scores(
  detector: Detector,
  visits: readonly VisitFacts[],
  surroundings: Partial<Surroundings> = {},
): Record<string, number> {
  const defaults = Object.fromEntries(Object.entries(detector.parameters).map(([name, { value }]) => [name, value]))
  const found: Record<string, number> = {}
  for (const { visit, score } of detector.detect(visits, defaults, { ...nothingKnown, ...surroundings }))
    found[visit.visitId] = Math.max(found[visit.visitId] ?? 0, Math.round(score * 100) / 100)
  return found
}
