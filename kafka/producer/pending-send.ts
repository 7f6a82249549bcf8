import type { KafkaError } from '../errors.ts'

/** The place of a record in the log. */
export interface RecordPlace {
  readonly partition: number
  /** −1: the broker has the record but no longer knows its offset. */
  readonly offset: number
}

/** The outcome of one send, settled once it is known for each of its records: after a rejection none is in flight. */
export interface PendingSend {
  /** `performance.now()` when it began. */
  readonly since: number
  readonly done: Promise<readonly RecordPlace[]>
  settle(index: number, place: RecordPlace): void
  refuse(error: KafkaError): void
}

export function createPendingSend(count: number): PendingSend {
  const { promise, resolve, reject } = Promise.withResolvers<readonly RecordPlace[]>()
  // The send may have been rejected before all of it was accepted: then no caller awaits this.
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
    settle(index, place) {
      places[index] = place
      countDown()
    },
    refuse(error) {
      failure ??= error
      countDown()
    },
  }
}
