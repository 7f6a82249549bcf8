/**
 * How many records a transaction takes, so that one task's work never holds up the others, heartbeats and answers for
 * long.
 */
export interface BatchSizer {
  recordsMax(): number
  /** So many records took so long. */
  worked(records: number, milliseconds: number): void
}

/** What a transaction may take of the process at once. */
const WORK_MS = 25
const RECORDS_MIN = 50
/** The weight of the newest transaction in the mean. */
const NEWEST = 0.3

/**
 * Begins with few records and learns what one costs: microseconds for a handful of sums, more for hundreds of features.
 */
export function createBatchSizer({ recordsMax }: { readonly recordsMax: number }): BatchSizer {
  let millisecondsEach: number | undefined
  return {
    recordsMax() {
      if (millisecondsEach === undefined) return Math.min(recordsMax, 500)
      return Math.min(recordsMax, Math.max(RECORDS_MIN, Math.floor(WORK_MS / millisecondsEach)))
    },
    worked(records, milliseconds) {
      if (records === 0) return
      const each = milliseconds / records
      millisecondsEach = millisecondsEach === undefined ? each : millisecondsEach + NEWEST * (each - millisecondsEach)
    },
  }
}
