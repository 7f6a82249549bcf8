import type { Visit } from '../../schemas/visits/visits.ts'
import { positionOf, type Position, type PositionFault } from './positions.ts'
import type { TextSketch } from './texts/text-sketch.ts'

/** Facts of a visit that detectors see. `null` is unknown, and never evidence. Times in ms. */
export interface VisitFacts {
  readonly visitId: string
  readonly salespersonId: string | null
  readonly customerId: string | null
  readonly opportunityId: string | null
  /** Time of the visit. */
  readonly at: number | null
  readonly checkInAt: number | null
  readonly checkOutAt: number | null
  readonly enteredAt: number | null
  readonly plannedFrom: number | null
  readonly plannedUntil: number | null
  readonly checkIn: Position | null
  readonly checkOut: Position | null
  readonly deviceId: string | null
  readonly photoHash: string | null
  readonly text: ReportFacts | null
  /** The conversion probability after the visit. */
  readonly probability: number | null
}

/** Facts of a report that detectors see. Lengths in Chinese characters. */
export interface ReportFacts {
  /** Length of the whole report. */
  readonly length: number
  /** Information about this visit: templates count nothing, and words that many people use count little. */
  readonly information: number
  /** Sketch of the report without templates; null if nothing is left. */
  readonly sketch: TextSketch | null
  /** Last digits of its numbers. */
  readonly digits: string
  /** Number of words that promise success, minus those that doubt it. */
  readonly enthusiasm: number
}

/** Returns when the report was written, in ms, as far as known; unknown times sort last. */
export function writtenAt({ enteredAt, checkOutAt, at }: Pick<VisitFacts, 'enteredAt' | 'checkOutAt' | 'at'>): number {
  return enteredAt ?? checkOutAt ?? at ?? Number.MAX_SAFE_INTEGER
}

/** Faults of the record itself; the fields concerned count as unknown. */
export type VisitFault = PositionFault | 'entered before it happened' | 'check-out before check-in' | 'in the future'

type RecordedVisit = Pick<
  VisitFacts,
  'visitId' | 'salespersonId' | 'customerId' | 'opportunityId' | 'deviceId' | 'photoHash' | 'probability' | 'text'
> &
  Pick<Visit, 'checkInAt' | 'checkOutAt' | 'enteredAt' | 'plannedFrom' | 'plannedUntil' | 'place' | 'checkOutPlace'> & {
    readonly occurredAt: number | null
  }

/** Tolerance for clocks: those of phones and servers differ by minutes. */
const CLOCK_MS = 10 * 60_000
/** Placeholders that devices report instead of an id. */
const NAMELESS = /^(?:0+|null|none|nil|undefined|unknown|n\/?a|-+|)$/i

/**
 * Extracts the facts of a visit record. Times that contradict each other are dropped and reported as faults: a clock or
 * a time zone was wrong, and nothing tells which. `until`: latest possible time of a visit, ms.
 */
export function visitFacts(
  visit: RecordedVisit,
  until: number,
): { readonly facts: VisitFacts; readonly faults: VisitFault[] } {
  const faults: VisitFault[] = []
  const placeOf = (place: Visit['place']): Position | null => {
    const position = positionOf(place)
    if (typeof position !== 'string') return position
    faults.push(position)
    return null
  }
  const { occurredAt, checkInAt: began, checkOutAt: ended, place, checkOutPlace, deviceId, ...rest } = visit
  const at = occurredAt ?? began ?? null
  const isFuture = at !== null && at > until
  if (isFuture) faults.push('in the future')
  const isEarly = !isFuture && at !== null && rest.enteredAt !== null && rest.enteredAt < at - CLOCK_MS
  if (isEarly) faults.push('entered before it happened')
  const isReversed = began !== null && ended !== null && ended < began
  if (isReversed) faults.push('check-out before check-in')
  const facts = {
    ...rest,
    at: isFuture ? null : at,
    checkInAt: isFuture || isReversed ? null : began,
    checkOutAt: isFuture || isReversed ? null : ended,
    enteredAt: isFuture || isEarly ? null : rest.enteredAt,
    checkIn: placeOf(place),
    checkOut: placeOf(checkOutPlace),
    deviceId: deviceId === null || NAMELESS.test(deviceId.trim()) ? null : deviceId,
  }
  return { facts, faults }
}
