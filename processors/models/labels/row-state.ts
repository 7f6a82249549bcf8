import { recordState } from '../../../features/keyed-state.ts'
import { idPart } from '../../../features/string-hash.ts'
import {
  array,
  boolean,
  double,
  float,
  long,
  nullable,
  record,
  string,
  timestamp,
  type TypeOf,
} from '../../../schemas/avro/schema.ts'
import { timeId } from './time-id.ts'

const ServedRow = record('ServedRow', 'A row as it was served, with the score.', {
  scoreId: string,
  subjectId: string,
  at: timestamp,
  featureSet: string,
  /** The published features that are the row; `null`: the row is in this record. */
  featuresId: nullable(string),
  row: array(float),
  text: nullable(string),
  lineTimes: nullable(array(timestamp)),
  probability: nullable(double),
  modelId: nullable(string),
  /** Offset of the event that caused the score; `null` for a re-evaluation. */
  offset: nullable(long),
  propensity: nullable(double),
  acted: nullable(boolean),
})
export type ServedRow = TypeOf<typeof ServedRow>

/** Served rows that outcomes may still join, under `task/time/subject`. */
export const rowKind = recordState<ServedRow>('rows', ServedRow)

export function rowIdOf(task: string, subjectId: string, at: number): string {
  return `${task}/${timeId(at)}/${idPart(subjectId)}`
}

const KeptFeatures = record('KeptFeatures', 'Published features, or labels that wait for them.', {
  /** `null`: not arrived yet. */
  values: nullable(array(float)),
  /** Labels to be published once the values arrive. */
  awaitedBy: array(string),
})

/** Published features, under `time/id`: the row of several tasks is kept once. */
export const featuresKind = recordState('features', KeptFeatures)

export function featuresIdOf(at: number, featuresId: string): string {
  return `${timeId(at)}/${idPart(featuresId)}`
}
