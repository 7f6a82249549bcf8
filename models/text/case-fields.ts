import type { DateOrder } from '../table/written-dates.ts'

/** Names of the fields that cases are made of. */
export interface CaseFields {
  readonly text: string
  /** Rows with the same value are records of one case; not given: each row is a case. */
  readonly group?: string | undefined
  /** When a record was made: a date, or a number that grows. */
  readonly time?: string | undefined
  /** Whether the day or the month comes first, where dates could be read in two ways. */
  readonly dates?: DateOrder | undefined
}
