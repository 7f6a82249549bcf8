import { parseJson } from '../../files/json-text.ts'
import { fromJson } from '../../schemas/json/json-event.ts'
import { shown } from '../../schemas/shown.ts'
import { visits, type Visit } from '../../schemas/visits/visits.ts'

/** A visit as a line of a file tells it; what is missing or can't be used is null. */
export interface ToldVisit extends Omit<
  Visit,
  'id' | 'source' | 'occurredAt' | 'opportunityId' | 'customerId' | 'salespersonId' | 'text'
> {
  readonly occurredAt: number | null
  readonly opportunityId: string | null
  readonly customerId: string | null
  readonly salespersonId: string | null
  readonly text: string | null
  readonly probability: number | null
}

/** A field that is left out. */
export interface LeftOut {
  /** Without the numbers of items, such as `place.latitude`. */
  readonly field: string
  readonly problem: string
}

export type ReadVisit =
  | { readonly visit: ToldVisit; readonly leftOut: readonly LeftOut[] }
  /** The line is no visit, for that reason. */
  | { readonly refused: string }

interface ReadOptions {
  /** Hours from UTC of times without a zone; not given: such times are left out. */
  readonly utcOffsetH?: number | undefined
}

const IDS = ['visitId', 'opportunityId', 'customerId', 'salespersonId', 'deviceId', 'photoHash'] as const
const TIMES = ['occurredAt', 'checkInAt', 'checkOutAt', 'enteredAt', 'plannedFrom', 'plannedUntil'] as const
/** Of an event, and unknown in a file if they are missing. */
const UNKNOWN = {
  id: '-',
  source: '',
  occurredAt: 0,
  opportunityId: '-',
  customerId: '-',
  salespersonId: '-',
  text: '',
}
/** Nothing that is entered in a CRM is older; a time in seconds would seem to be. */
const TIME_MIN_MS = Date.UTC(1990, 0, 1)

/** Reads one line: whatever can be used is used, and what is left out is said. */
export function readVisit(line: string, { utcOffsetH }: ReadOptions = {}): ReadVisit {
  let json: unknown
  try {
    json = parseJson(line)
  } catch (error) {
    return { refused: `It is not JSON: ${(error as Error).message}.` }
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return { refused: `It is ${shown(json)}; each line must be a JSON object.` }
  const given = json as Record<string, unknown>
  const leftOut: LeftOut[] = []
  const fields = preparedFields(given, leftOut, utcOffsetH)
  if (typeof fields['visitId'] !== 'string')
    return { refused: `It has no visitId${given['visitId'] === undefined ? '' : ` (${shown(given['visitId'])})`}.` }
  const probability = probabilityOf(fields, leftOut)
  const value = convert(fields, leftOut)
  if (typeof value === 'string') return { refused: value }
  const known = <T>(field: string, of: T): T | null => (Object.hasOwn(fields, field) ? of : null)
  return {
    visit: {
      ...value,
      occurredAt: known('occurredAt', value.occurredAt),
      opportunityId: known('opportunityId', value.opportunityId),
      customerId: known('customerId', value.customerId),
      salespersonId: known('salespersonId', value.salespersonId),
      text: known('text', value.text),
      probability,
    },
    leftOut,
  }
}

/** Empty values are missing; ids may be whole numbers; times get their zone. */
function preparedFields(
  given: Readonly<Record<string, unknown>>,
  leftOut: LeftOut[],
  utcOffsetH: number | undefined,
): Record<string, unknown> {
  // Without a prototype, which a field might be named like.
  const fields = Object.create(null) as Record<string, unknown>
  for (const [field, value] of Object.entries(given)) {
    const isEmpty = value === null || (typeof value === 'string' && value.trim() === '' && field !== 'text')
    if (!isEmpty) fields[field] = value
  }
  for (const id of IDS) {
    const value = fields[id]
    if (typeof value === 'bigint' || Number.isSafeInteger(value)) fields[id] = String(value as number)
    else if (typeof value === 'string') fields[id] = value.trim()
  }
  for (const field of TIMES) {
    if (!Object.hasOwn(fields, field)) continue
    const time = timeOf(fields[field], utcOffsetH)
    if (typeof time !== 'string' || isZoned(time)) fields[field] = time
    else {
      leftOut.push({ field, problem: time })
      delete fields[field]
    }
  }
  for (const field of ['place', 'checkOutPlace']) if (hasNoCoordinates(fields[field])) delete fields[field]
  return fields
}

const ZONED = /(?:Z|[+-]\d{2}:?\d{2})$/
const isZoned = (time: string): boolean => /^\d{4}-\d{2}-\d{2}(?:$|[T ])/.test(time) && ZONED.test(time)
const WITHOUT_ZONE = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/

/** A time for the schema to check, or what is wrong with it. */
function timeOf(value: unknown, utcOffsetH: number | undefined): unknown {
  if (typeof value === 'number')
    return value < TIME_MIN_MS ? `It is ${value}: times are milliseconds since 1970, and after 1990.` : value
  if (typeof value !== 'string') return `It is ${shown(value)}; a time is ISO 8601 with its zone, or ms since 1970.`
  const text = value.trim().replace(/^(\d{4}-\d{2}-\d{2}) (?=\d{2}:)/, '$1T')
  if (!WITHOUT_ZONE.test(text)) return isZoned(text) ? text : `It is ${shown(value)}; a time is ISO 8601 with its zone.`
  if (utcOffsetH === undefined) return `It is ${shown(value)}, without a zone: say which with --utc-offset.`
  const minutes = Math.round(Math.abs(utcOffsetH) * 60)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${text}${utcOffsetH < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

function hasNoCoordinates(place: unknown): boolean {
  if (typeof place !== 'object' || place === null) return false
  const { latitude, longitude } = place as Record<string, unknown>
  return (latitude ?? null) === null && (longitude ?? null) === null
}

function probabilityOf(fields: Record<string, unknown>, leftOut: LeftOut[]): number | null {
  const { probability } = fields
  delete fields['probability']
  if (probability === undefined) return null
  if (typeof probability === 'number' && probability >= 0 && probability <= 1) return probability
  leftOut.push({ field: 'probability', problem: `It is ${shown(probability)} and must be between 0 and 1.` })
  return null
}

/** By the event's own schema. Fields that it refuses are taken out of `fields`, and the rest is read. */
function convert(fields: Record<string, unknown>, leftOut: LeftOut[]): Visit | string {
  const first = fromJson(visits, { ...UNKNOWN, ...fields })
  if (first.ok) return first.value
  for (const { path, problem } of first.problems) {
    const [field = '', inner] = path.slice(1).split('/')
    if (field === 'visitId') return `visitId: ${problem}`
    leftOut.push({ field: inner === undefined ? field : `${field}.${inner}`, problem })
    const part = fields[field]
    // What a position says of itself is left out alone; without its coordinates it is none.
    if (inner === undefined || ['latitude', 'longitude'].includes(inner)) delete fields[field]
    else if (typeof part === 'object' && part !== null) fields[field] = without(part, inner)
  }
  const second = fromJson(visits, { ...UNKNOWN, ...fields })
  return second.ok ? second.value : `It can’t be read: ${second.problems[0]!.path} ${second.problems[0]!.problem}`
}

function without(value: object, field: string): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== field))
}
