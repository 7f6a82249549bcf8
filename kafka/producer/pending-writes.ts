import { KafkaError } from '../errors.ts'
import type { RecordPlace } from './pending-send.ts'
import type { ReadyRecord } from './ready-record.ts'

/** Records to be written together, and the callbacks of their caller. */
export interface PendingWrite {
  readonly topic: string
  readonly records: readonly ReadyRecord[]
  readonly bytes: number
  /** `performance.now()` at the call. */
  readonly since: number
  /** Whether to run in a transaction of its own, because the broker rejected something in a shared one. */
  isolated: boolean
  resolve(places: readonly RecordPlace[]): void
  reject(error: Error): void
}

/** Writes waiting in order for the next transaction; bounded by their size. */
export interface PendingWrites {
  readonly first: PendingWrite | undefined
  /** Throws TOO_MUCH_WAITS (retriable) if there is no room for these bytes besides the unsettled writes. */
  reserve(bytes: number): void
  /** Adds a write whose bytes have been reserved. */
  add(write: PendingWrite): void
  /** Removes the first writes, as many as one transaction may hold. */
  takeGroup(): readonly PendingWrite[]
  /** Puts writes back in front of all waiting ones. */
  putBack(writes: readonly PendingWrite[]): void
  resolve(write: PendingWrite, places: readonly RecordPlace[]): void
  reject(writes: readonly PendingWrite[], error: Error): void
  rejectAll(error: Error): void
}

const GROUP_RECORDS_MAX = 10_000
const GROUP_BYTES_MAX = 8 << 20
const WAITING_BYTES_MAX = 32 << 20

export function createPendingWrites(): PendingWrites {
  const waiting: PendingWrite[] = []
  /** Bytes of all unsettled writes, including those taken. */
  let bytesLeft = 0

  function reject(writes: readonly PendingWrite[], error: Error): void {
    for (const write of writes) {
      bytesLeft -= write.bytes
      write.reject(error)
    }
  }

  return {
    get first() {
      return waiting[0]
    },
    reserve(bytes) {
      if (bytesLeft > 0 && bytesLeft + bytes > WAITING_BYTES_MAX) {
        const message = `${bytesLeft} bytes wait already to be written. Send it again in a moment; if it stays so, look at the brokers`
        throw new KafkaError(message, 'TOO_MUCH_WAITS', 'retriable')
      }
      bytesLeft += bytes
    },
    add: (write) => void waiting.push(write),
    takeGroup: () => waiting.splice(0, groupSize(waiting)),
    putBack: (writes) => void waiting.unshift(...writes),
    resolve(write, places) {
      bytesLeft -= write.bytes
      write.resolve(places)
    },
    reject,
    rejectAll: (error) => reject(waiting.splice(0), error),
  }
}

/** Returns how many of the first writes share a transaction. */
function groupSize(waiting: readonly PendingWrite[]): number {
  let count = 0
  let records = 0
  let bytes = 0
  for (const write of waiting) {
    records += write.records.length
    bytes += write.bytes
    if (count > 0 && (write.isolated || waiting[0]!.isolated || records > GROUP_RECORDS_MAX || bytes > GROUP_BYTES_MAX))
      break
    count++
  }
  return count
}
