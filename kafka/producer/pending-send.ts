import type { KafkaError } from '../errors.ts'

/** Where a record is in the log. */
export interface RecordPlace {
  readonly partition: number
  /** −1: the broker has the record and can't say where any more. */
  readonly offset: number
}

/** The outcome of one send, known once it is known for each of its records: after a rejection none of them is on its way any more. */
export interface PendingSend {
  readonly done: Promise<readonly RecordPlace[]>
  settle(index: number, place: RecordPlace): void
  refuse(error: KafkaError): void
}

export function createPendingSend(count: number): PendingSend {
  const { promise, resolve, reject } = Promise.withResolvers<readonly RecordPlace[]>()
  // The send may have been refused already, before all of it was taken in: then no caller awaits this.
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
