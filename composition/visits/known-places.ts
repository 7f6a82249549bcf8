import { textLines } from '../../files/text-lines.ts'
import { parseJson } from '../../files/json-text.ts'
import { positionOf } from '../../features/visits/positions.ts'
import type { Surroundings } from '../../processors/visits/evidence/detector.ts'
import { fromJson } from '../../schemas/json/json-event.ts'
import { customerPlaces, type CustomerPlace } from '../../schemas/visits/places.ts'

export interface KnownPlaces {
  readonly placesOf: Surroundings['placesOf']
  readonly customers: number
  readonly places: number
  /** Lines that are no place, with the reason. */
  readonly refused: readonly string[]
}

export const noPlaces: KnownPlaces = { placesOf: () => [], customers: 0, places: 0, refused: [] }

/**
 * Reads a file of places, one `CustomerPlace` as JSON a line: customerId, latitude and longitude are needed. The
 * highest revision of a place counts.
 */
export async function readPlaces(file: string, say: (message: string) => void): Promise<KnownPlaces> {
  const places = new Map<string, CustomerPlace>()
  const refused: string[] = []
  for await (const { line, text } of textLines(file, { say })) {
    if (text.trim() === '') continue
    const place = placeOf(text, line)
    if (typeof place === 'string') refused.push(`${file}:${line}: ${place}`)
    else if ((places.get(place.placeId)?.revision ?? -1) <= place.revision) places.set(place.placeId, place)
  }
  const held = [...places.values()].filter(({ withdrawn }) => !withdrawn)
  const byCustomer = Map.groupBy(held, ({ customerId }) => customerId)
  return {
    placesOf: (customerId, at) => (byCustomer.get(customerId) ?? []).filter((place) => holds(place, at)),
    customers: byCustomer.size,
    places: held.length,
    refused,
  }
}

function holds({ validFrom, validUntil }: CustomerPlace, at: number | null): boolean {
  if (validFrom === null && validUntil === null) return true
  return at !== null && at >= (validFrom ?? at) && at < (validUntil ?? Number.POSITIVE_INFINITY)
}

function placeOf(text: string, line: number): CustomerPlace | string {
  let json: unknown
  try {
    json = parseJson(text)
  } catch (error) {
    return `It is not JSON: ${(error as Error).message}.`
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return 'Each line must be a JSON object.'
  const given = Object.fromEntries(
    Object.entries(json).map(([field, value]) => [
      field,
      field.endsWith('Id') && typeof value !== 'string' ? String(value as number) : (value as unknown),
    ]),
  )
  const whole = { id: '-', occurredAt: 0, source: '', placeId: `line ${line}`, ...given }
  const read = fromJson(customerPlaces, whole)
  if (!read.ok) return read.problems.map(({ path, problem }) => `${path}: ${problem}`).join(' ')
  const { latitude, longitude } = read.value
  const position = positionOf({ latitude, longitude, accuracyM: null, ageS: null, mocked: null })
  return typeof position === 'string' ? `Its position is ${position}: ${latitude}, ${longitude}.` : read.value
}
