import type { KafkaError } from './errors.ts'

/** Where a record is in the log. */
export interface RecordPlace {
  readonly partition: number
  /** −1: the broker has the record and can't say where any more. */
  readonly offset: number
}

/** What becomes of the records of one send, told once it is known of all of them: after a rejection none of them is on its way any more. */
export interface PendingSend {
  readonly done: Promise<readonly RecordPlace[]>
  settle(index: number, place: RecordPlace): void
  refuse(error: KafkaError): void
}

export function createPendingSend(count: number): PendingSend {
  const { promise, resolve, reject } = Promise.withResolvers<readonly RecordPlace[]>()
  // Nobody may be there to hear it, where the send was refused before all of it was taken in.
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
