import { writtenAt, type ReportFacts, type VisitFacts } from '../../../features/visits/visit-facts.ts'
import type { TextSketch } from '../../../features/visits/texts/text-sketch.ts'
import {
  boolean,
  bytes,
  double,
  int,
  record,
  string,
  timestamp,
  type RecordSchema,
  type TypeOf,
} from '../../../schemas/avro/schema.ts'
import type { ComparedVisit } from '../../../schemas/visits/compared-visits.ts'
import { visitContextFields, visitContextOf } from '../../../schemas/visits/derived-fields.ts'

const Schema = record('KeptReport', 'A report as it is compared, without its words.', {
  visitId: string,
  revision: int,
  gone: boolean,
  at: timestamp,
  ...visitContextFields,
  length: double,
  information: double,
  enthusiasm: int,
  digits: string,
  grams: int,
  signature: bytes,
  verbatim: bytes,
})
export type StoredReport = TypeOf<typeof Schema>
export const StoredReport: RecordSchema<StoredReport> = Schema

/** `grams` of a report without content. */
const NO_GRAMS = 0

export function storedReport(visit: ComparedVisit, { sketch, ...facts }: ReportFacts): StoredReport {
  return {
    visitId: visit.visitId,
    revision: visit.revision,
    gone: false,
    at: visit.occurredAt,
    ...visitContextOf(visit),
    ...facts,
    grams: sketch?.grams ?? NO_GRAMS,
    signature: sketch === null ? Buffer.alloc(0) : bytesOf(sketch.signature),
    verbatim: sketch === null ? Buffer.alloc(0) : bytesOf(sketch.verbatim),
  }
}

export function sketchOfStored({ grams, signature, verbatim, information }: StoredReport): TextSketch | null {
  if (grams === NO_GRAMS) return null
  const [one, other] = [inPlace(signature), inPlace(verbatim)]
  return {
    grams,
    information,
    signature: new Uint16Array(one.buffer, one.byteOffset, one.byteLength / 2),
    verbatim: new Uint32Array(other.buffer, other.byteOffset, other.byteLength / 4),
  }
}

/** Copies bytes that are not aligned: typed arrays need alignment, and bytes read from the store may lie anywhere. */
function inPlace(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes)
}

export function factsOfStoredReport(report: StoredReport): VisitFacts {
  const { visitId, at, length, information, digits, enthusiasm } = report
  return {
    visitId,
    at,
    ...visitContextOf(report),
    plannedFrom: null,
    plannedUntil: null,
    checkIn: null,
    checkOut: null,
    deviceId: null,
    photoHash: null,
    probability: null,
    text: { length, information, digits, enthusiasm, sketch: sketchOfStored(report) },
  }
}

/** Orders reports by when they were written, as far as that is known, then by time and id of the visit. */
export function compareWritten(one: StoredReport, other: StoredReport): number {
  return writtenAt(one) - writtenAt(other) || one.at - other.at || (one.visitId < other.visitId ? -1 : 1)
}

/** Returns the bytes of the numbers; little-endian, as on every supported machine. */
function bytesOf(numbers: Uint16Array | Uint32Array): Buffer {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength)
}
