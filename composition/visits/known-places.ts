import { textLines } from '../../files/text-lines.ts'
import { placesAt } from '../../features/visits/places.ts'
import { validatePoint } from '../../features/visits/positions.ts'
import type { Surroundings } from '../../processors/visits/evidence/detector.ts'
import { customerPlaces, type CustomerPlace } from '../../schemas/visits/places.ts'
import { createFileProblems, type ProblemSummary } from './file-problems.ts'
import { convertUsable, objectOf, usableFields, type IgnoredField } from './usable-fields.ts'

export interface KnownPlaces {
  readonly placesOf: Surroundings['placesOf']
  readonly customers: number
  readonly places: number
  readonly problems: ProblemSummary
}

export const noPlaces: KnownPlaces = {
  placesOf: () => [],
  customers: 0,
  places: 0,
  problems: createFileProblems().summary(),
}

interface ReadOptions {
  readonly onWarning: (message: string) => void
  readonly utcOffsetH?: number | undefined
}

/**
 * Reads a file of places with one `CustomerPlace` per line as JSON; customerId, latitude and longitude are required.
 * The highest revision of a place wins.
 */
export async function readPlaces(file: string, { onWarning, utcOffsetH }: ReadOptions): Promise<KnownPlaces> {
  const places = new Map<string, CustomerPlace>()
  const problems = createFileProblems()
  for await (const { line, text } of textLines(file, { onWarning })) {
    if (text.trim() === '') continue
    problems.countLine()
    const leftOut: IgnoredField[] = []
    const place = placeOf(text, line, leftOut, utcOffsetH)
    for (const { field, problem } of leftOut) problems.leaveOut(field, `${file}:${line}: ${problem}`)
    if (typeof place === 'string') problems.refuse(`${file}:${line}: ${place}`)
    else if ((places.get(place.placeId)?.revision ?? -1) <= place.revision) places.set(place.placeId, place)
  }
  return knownPlaces(places.values(), problems.summary())
}

/** @param problems problems found while reading the places */
export function knownPlaces(places: Iterable<CustomerPlace>, problems = noPlaces.problems): KnownPlaces {
  const held = [...places].filter(({ withdrawn }) => !withdrawn)
  const byCustomer = Map.groupBy(held, ({ customerId }) => customerId)
  return {
    placesOf: (customerId, at) => placesAt(byCustomer.get(customerId) ?? [], at),
    customers: byCustomer.size,
    places: held.length,
    problems,
  }
}

const KINDS = { ids: ['placeId', 'customerId'], times: ['validFrom', 'validUntil'] }
const NEEDED = ['customerId', 'latitude', 'longitude']

function placeOf(
  text: string,
  line: number,
  leftOut: IgnoredField[],
  utcOffsetH: number | undefined,
): CustomerPlace | string {
  const given = objectOf(text)
  if (typeof given === 'string') return given
  const fields = usableFields(given, KINDS, leftOut, utcOffsetH)
  const unknown = { id: '-', occurredAt: 0, source: '', placeId: `line ${line}` }
  const place = convertUsable(customerPlaces, fields, { unknown, needed: NEEDED }, leftOut)
  if (typeof place === 'string') return place
  const fault = validatePoint(place)
  return fault === undefined ? place : `Its position is ${fault}: ${place.latitude}, ${place.longitude}.`
}
