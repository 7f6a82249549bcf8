import type { DateOrder } from '../table/written-dates.ts'

/** Names of the fields that make up cases. */
export interface CaseFields {
  readonly text: string
  /** Rows with the same value are records of one case; by default each row is a case. */
  readonly group?: string | undefined
  /** Time of a record: a date, or an increasing number. */
  readonly time?: string | undefined
  /** Order of day and month in ambiguous dates. */
  readonly dates?: DateOrder | undefined
}
