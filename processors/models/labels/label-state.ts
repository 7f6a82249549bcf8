import { recordState, type KeyedState } from '../../../features/keyed-state.ts'
import { idPart } from '../../../features/string-hash.ts'
import {
  boolean,
  double,
  enumeration,
  int,
  nullable,
  record,
  string,
  timestamp,
  type TypeOf,
} from '../../../schemas/avro/schema.ts'
import { labelStatuses } from '../../../schemas/models/labelled-rows.ts'
import { timeId } from './time-id.ts'

const Label = record('HeldLabel', 'A label with the outcome that decides it and the row that it joins.', {
  task: string,
  subjectId: string,
  cause: enumeration('HeldLabelCause', ['outcome', 'horizon']),
  /** `null`: the outcome named no time, so the time when it first became known counts. */
  asOf: nullable(timestamp),
  firstKnownAt: timestamp,
  knownAt: timestamp,
  value: nullable(double),
  contradicted: boolean,
  outcomeId: nullable(string),
  outcomeSource: nullable(string),
  reviewer: nullable(string),
  revision: int,
  status: enumeration('HeldLabelStatus', labelStatuses),
  rowId: nullable(string),
  servedAt: nullable(timestamp),
  training: boolean,
  /** Whether it has joined a row, now or earlier. */
  joined: boolean,
})
export type Label = TypeOf<typeof Label>

/** The labels of a customer, under `task/subject/time`, or `task/subject/horizon` for one that no outcome gave. */
export const labelKind = recordState<Label>('labels', Label)

/** Returns the id of the label that outcomes about this subject and time give. */
export function outcomeLabelId(task: string, subjectId: string, asOf: number | null): string {
  return `${subjectPrefix(task, subjectId)}${asOf === null ? 'known' : timeId(asOf)}`
}

export function horizonLabelId(task: string, subjectId: string): string {
  return `${subjectPrefix(task, subjectId)}horizon`
}

/** Returns the beginning of the ids of a subject's labels. */
export function subjectPrefix(task: string, subjectId: string): string {
  return `${task}/${idPart(subjectId)}/`
}

/** Returns the latest time at which a row may have been served to join the label. */
export function momentOf({ asOf, firstKnownAt }: Pick<Label, 'asOf' | 'firstKnownAt'>): number {
  return asOf ?? firstKnownAt
}

/** Returns the labels whose ids begin with the prefix, to be changed one by one. */
export function labelsOf(state: KeyedState, prefix: string): readonly (readonly [id: string, label: Label])[] {
  return [...state.scan(labelKind, prefix)]
}
