import { parseJson } from '../../files/json-text.ts'
import { fromJson } from '../../schemas/json/json-event.ts'
import { formatValue } from '../../schemas/format-value.ts'
import type { Topic } from '../../schemas/topic.ts'

/** An ignored field. */
export interface IgnoredField {
  /** Field path, such as `place.latitude`. */
  readonly field: string
  readonly problem: string
}

/** Usable fields of a line; the others go to `leftOut`. */
export type Fields = Record<string, unknown>

interface Kinds {
  readonly ids: readonly string[]
  readonly times: readonly string[]
  /** Text fields that may be empty. */
  readonly texts?: readonly string[]
}

/** Returns a line's JSON object, or why it is invalid. */
export function objectOf(line: string): Readonly<Record<string, unknown>> | string {
  let json: unknown
  try {
    json = parseJson(line)
  } catch (error) {
    return `It is not JSON: ${(error as Error).message}.`
  }
  return typeof json === 'object' && json !== null && !Array.isArray(json)
    ? (json as Record<string, unknown>)
    : `It is ${formatValue(json)}; each line must be a JSON object.`
}

/** Normalises fields: empty values count as missing, ids may be integers, and times get their zone. */
export function usableFields(
  given: Readonly<Record<string, unknown>>,
  { ids, times, texts = [] }: Kinds,
  leftOut: IgnoredField[],
  utcOffsetH: number | undefined,
): Fields {
  // Without a prototype, since a field may have the name of an inherited property.
  const fields = Object.create(null) as Fields
  for (const [field, value] of Object.entries(given)) {
    const isEmpty = value === null || (typeof value === 'string' && value.trim() === '' && !texts.includes(field))
    if (!isEmpty) fields[field] = value
  }
  for (const id of ids) {
    const value = fields[id]
    if (typeof value === 'bigint' || Number.isSafeInteger(value)) fields[id] = String(value as number)
    else if (typeof value === 'string') fields[id] = value.trim()
  }
  for (const field of times) {
    if (!Object.hasOwn(fields, field)) continue
    const time = timeOf(fields[field], utcOffsetH)
    if (typeof time !== 'string' || isZoned(time)) fields[field] = time
    else {
      leftOut.push({ field, problem: time })
      delete fields[field]
    }
  }
  return fields
}

/** Earliest plausible time in a CRM; a time in seconds would be earlier. */
const TIME_MIN_MS = Date.UTC(1990, 0, 1)
const ZONED = /(?:Z|[+-]\d{2}:?\d{2})$/
const isZoned = (time: string): boolean => /^\d{4}-\d{2}-\d{2}T/.test(time) && ZONED.test(time)
const WITHOUT_ZONE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/

/** Returns a time for the schema to check, or what is wrong with it. */
function timeOf(value: unknown, utcOffsetH: number | undefined): unknown {
  if (typeof value === 'number')
    return value < TIME_MIN_MS ? `It is ${value}: times are milliseconds since 1970, and after 1990.` : value
  if (typeof value !== 'string')
    return `It is ${formatValue(value)}; a time is ISO 8601 with its zone, or ms since 1970.`
  const text = value.trim().replace(/^(\d{4}-\d{2}-\d{2}) +(?=\d{2}:)/, '$1T')
  if (!WITHOUT_ZONE.test(text))
    return isZoned(text) ? text : `It is ${formatValue(value)}; a time is ISO 8601 with its zone.`
  if (utcOffsetH === undefined) return `It is ${formatValue(value)}, without a zone: say which with --utc-offset.`
  const minutes = Math.round(Math.abs(utcOffsetH) * 60)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${text}${utcOffsetH < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/**
 * Converts fields by the topic's schema. Removes fields that the schema refuses from `fields` and converts the rest.
 *
 * @param unknown placeholders for missing required fields
 * @param needed fields without which the value is unusable
 * @returns the value, or why it is unusable
 */
export function convertUsable<T>(
  topic: Topic<T>,
  fields: Fields,
  { unknown, needed }: { readonly unknown: object; readonly needed: readonly string[] },
  leftOut: IgnoredField[],
): T | string {
  const first = fromJson(topic, { ...unknown, ...fields })
  if (first.ok) return first.value
  for (const { path, problem } of first.problems) {
    const [field = '', inner] = path.slice(1).split('/')
    if (needed.includes(field)) return `${field}: ${problem}`
    leftOut.push({ field: inner === undefined ? field : `${field}.${inner}`, problem })
    const part = fields[field]
    // Other fields of a position are removed alone; without its coordinates the position is removed.
    if (inner === undefined || ['latitude', 'longitude'].includes(inner)) delete fields[field]
    else if (typeof part === 'object' && part !== null) fields[field] = without(part, inner)
  }
  const second = fromJson(topic, { ...unknown, ...fields })
  return second.ok ? second.value : second.problems.map(({ path, problem }) => `${path.slice(1)}: ${problem}`).join(' ')
}

function without(value: object, field: string): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== field))
}
