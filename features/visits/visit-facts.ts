import type { Visit } from '../../schemas/visits/visits.ts'
import { positionOf, type Position, type PositionFault } from './positions.ts'
import type { TextSketch } from './texts/text-sketch.ts'

/** What detectors see of a visit. `null` is unknown, and never evidence. Times in ms. */
export interface VisitFacts {
  readonly visitId: string
  readonly salespersonId: string | null
  readonly customerId: string | null
  readonly opportunityId: string | null
  /** When the visit was. */
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

/** What detectors see of a report. Lengths in characters of Chinese. */
export interface ReportFacts {
  /** All that it says. */
  readonly length: number
  /** What it says of this visit: without templates, and little for words that many people use. */
  readonly information: number
  /** Of what is its own; null if that is nothing. */
  readonly sketch: TextSketch | null
  /** Last digits of its numbers. */
  readonly digits: string
  /** How much more it promises than it doubts: words for each less words against. */
  readonly enthusiasm: number
}

/** When the report was written, as far as it is known, ms; of unknown time last. */
export function writtenAt({ enteredAt, checkOutAt, at }: Pick<VisitFacts, 'enteredAt' | 'checkOutAt' | 'at'>): number {
  return enteredAt ?? checkOutAt ?? at ?? Number.MAX_SAFE_INTEGER
}

/** Faults of the record itself: what they concern counts as unknown. */
export type VisitFault = PositionFault | 'entered before it happened' | 'check-out before check-in' | 'in the future'

type Told = Pick<
  VisitFacts,
  'visitId' | 'salespersonId' | 'customerId' | 'opportunityId' | 'deviceId' | 'photoHash' | 'probability' | 'text'
> &
  Pick<Visit, 'checkInAt' | 'checkOutAt' | 'enteredAt' | 'plannedFrom' | 'plannedUntil' | 'place' | 'checkOutPlace'> & {
    readonly occurredAt: number | null
  }

/** Clocks of phones and servers differ by minutes. */
const CLOCK_MS = 10 * 60_000
/** What devices say that know no name of theirs. */
const NAMELESS = /^(?:0+|null|none|nil|undefined|unknown|n\/?a|-+|)$/i

/**
 * Times that contradict each other are left out, each with its fault: a clock or a time zone was wrong, and which one
 * can't be told. `until`: nothing happens later, ms.
 */
export function visitFacts(told: Told, until: number): { readonly facts: VisitFacts; readonly faults: VisitFault[] } {
  const faults: VisitFault[] = []
  const placeOf = (place: Visit['place']): Position | null => {
    const position = positionOf(place)
    if (typeof position !== 'string') return position
    faults.push(position)
    return null
  }
  const { occurredAt, checkInAt: began, checkOutAt: ended, place, checkOutPlace, deviceId, ...rest } = told
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
