import type { KafkaError } from '../errors.ts'

/** The place of a record in the log. */
export interface RecordPlace {
  readonly partition: number
  /** -1 if the broker has the record but no longer knows its offset. */
  readonly offset: number
}

/**
 * The outcome of one send. Settles once the outcome of every record is known, so that none is in flight after a
 * rejection.
 */
export interface PendingSend {
  /** `performance.now()` at the start of the send. */
  readonly since: number
  readonly done: Promise<readonly RecordPlace[]>
  acknowledge(index: number, place: RecordPlace): void
  fail(error: KafkaError): void
}

export function createPendingSend(count: number): PendingSend {
  const { promise, resolve, reject } = Promise.withResolvers<readonly RecordPlace[]>()
  // The send may be rejected before all records were accepted; then no caller awaits this promise.
  promise.catch(() => undefined)
  const places = new Array<RecordPlace>(count)
  let left = count
  let failure: KafkaError | undefined

  function countDown(): void {
    if (--left > 0) return
    if (failure) reject(failure)
    else resolve(places)
  }

  return {
    since: performance.now(),
    done: promise,
    acknowledge(index, place) {
      places[index] = place
      countDown()
    },
    fail(error) {
      failure ??= error
      countDown()
    },
  }
}
