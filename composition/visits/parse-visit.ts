import { formatValue } from '../../schemas/format-value.ts'
import { visits, type Visit } from '../../schemas/visits/visits.ts'
import { convertUsable, objectOf, usableFields, type Fields, type IgnoredField } from './usable-fields.ts'

/** A visit as read from a line of a file; missing or unusable fields are null. */
export interface ParsedVisit extends Omit<
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

export type ParsedLine =
  | { readonly visit: ParsedVisit; readonly leftOut: readonly IgnoredField[] }
  /** Why the line is not a visit. */
  | { readonly refused: string }

interface ReadOptions {
  /** UTC offset in hours of times without a zone; by default such times are ignored. */
  readonly utcOffsetH?: number | undefined
}

const KINDS = {
  ids: ['visitId', 'opportunityId', 'customerId', 'salespersonId', 'deviceId', 'photoHash'],
  times: ['occurredAt', 'checkInAt', 'checkOutAt', 'enteredAt', 'plannedFrom', 'plannedUntil'],
  texts: ['text'],
}
/** Placeholders for fields that an event requires and a file may omit. */
const UNKNOWN = {
  id: '-',
  source: '',
  occurredAt: 0,
  opportunityId: '-',
  customerId: '-',
  salespersonId: '-',
  text: '',
}

/** Reads one line. Usable fields are read, and `leftOut` lists the others. */
export function parseVisit(line: string, { utcOffsetH }: ReadOptions = {}): ParsedLine {
  const given = eventOf(objectOf(line))
  if (typeof given === 'string') return { refused: given }
  const leftOut: IgnoredField[] = []
  const fields = usableFields(given, KINDS, leftOut, utcOffsetH)
  if (typeof fields['visitId'] !== 'string')
    return {
      refused: `It has no visitId${given['visitId'] === undefined ? '' : ` (${formatValue(given['visitId'])})`}.`,
    }
  for (const field of ['place', 'checkOutPlace']) if (hasNoCoordinates(fields[field])) delete fields[field]
  const probability = probabilityOf(fields, leftOut)
  const value = convertUsable(visits, fields, { unknown: UNKNOWN, needed: ['visitId'] }, leftOut)
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

/** Returns the text of a line that was read as a visit with a text. */
export function reportOf(line: string): string {
  return (eventOf(objectOf(line)) as { readonly text: string }).text
}

/** Returns the event of a line, which an event file wraps with its topic. */
function eventOf(line: ReturnType<typeof objectOf>): ReturnType<typeof objectOf> {
  if (typeof line === 'string' || typeof line['topic'] !== 'string') return line
  const { topic, event } = line
  if (topic !== visits.name) return `It is an event of ${topic}, and no visit.`
  return typeof event === 'object' && event !== null ? (event as Record<string, unknown>) : line
}

function hasNoCoordinates(place: unknown): boolean {
  if (typeof place !== 'object' || place === null) return false
  const { latitude, longitude } = place as Record<string, unknown>
  return (latitude ?? null) === null && (longitude ?? null) === null
}

function probabilityOf(fields: Fields, leftOut: IgnoredField[]): number | null {
  const { probability } = fields
  delete fields['probability']
  if (probability === undefined) return null
  if (typeof probability === 'number' && probability >= 0 && probability <= 1) return probability
  leftOut.push({ field: 'probability', problem: `It is ${formatValue(probability)} and must be between 0 and 1.` })
  return null
}
