/** Limits the records of a transaction, so that one task never delays other tasks, heartbeats and replies for long. */
export interface BatchSizer {
  recordsMax(): number
  /** Reports how long a number of records took. */
  worked(records: number, milliseconds: number): void
}

/** Target duration of the work of a transaction, which blocks the event loop. */
const WORK_MS = 25
const RECORDS_MIN = 50
/** Weight of the newest transaction in the moving average. */
const NEWEST = 0.3

/** Starts with few records and learns the cost of one: microseconds for a few sums, more for hundreds of features. */
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
