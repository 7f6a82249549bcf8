import { acceptRecords } from './accept-records.ts'
import { atMost, deadlineIn, retry } from '../cluster/retry.ts'
import { createConcurrencyLimiter } from '../cluster/concurrency-limiter.ts'
import { ClientClosedError } from '../errors.ts'
import { createPendingSend } from './pending-send.ts'
import type { PendingSend, RecordPlace } from './pending-send.ts'
import { createPlainProducerState, failAllQueues } from './plain-producer-state.ts'
import type { PlainProducerOptions } from './plain-producer-state.ts'
import type { PlainRecord } from './ready-record.ts'

export type { RecordPlace } from './pending-send.ts'
export type { PlainRecord } from './ready-record.ts'

/**
 * Sends records without transactions, idempotently and acknowledged by all in-sync replicas: each record is in the log
 * once, in send order, despite lost answers, delays and moved leaders. It recovers from any failure by itself.
 */
export interface PlainProducer {
  /** Rejects if no broker can be reached. `send` does not require it. */
  connect(): Promise<void>
  /**
   * Sends the records, in order, to the partitions of their keys. Resolves with the place of each record once all are
   * acknowledged. Rejects with the first error once none is in flight; the error says whether records may be in the log
   * anyway. If a record is too large, the error names it and nothing of the send is written.
   */
  send(topic: string, records: readonly PlainRecord[]): Promise<readonly RecordPlace[]>
  /** How long the oldest pending send has been waiting, in milliseconds. */
  waitingMs(): number
  /** Waits briefly for the records in flight, then rejects the rest. */
  close(): Promise<void>
}

const CONNECT_MS = 5_000
const CLOSE_TIMEOUT_MS = 3_000

export function createPlainProducer(options: PlainProducerOptions): PlainProducer {
  const producer = createPlainProducerState(options)
  const { cluster, room, sender } = producer
  /** Accepts the sends of one topic one at a time, which keeps the order of the calls. */
  const turns = createConcurrencyLimiter(1)
  /** Pending sends, oldest first. */
  const sends = new Set<PendingSend>()

  return {
    async connect() {
      await retry(() => cluster.refresh([]), { deadline: deadlineIn(Math.min(CONNECT_MS, cluster.requestTimeoutMs)) })
    },
    async send(topic, records) {
      if (records.length === 0) return []
      const pending = createPendingSend(records.length)
      sends.add(pending)
      try {
        await turns.run(topic, () => acceptRecords(producer, topic, records, pending))
        return await pending.done
      } finally {
        sends.delete(pending)
      }
    },
    waitingMs() {
      const [oldest] = sends
      return oldest === undefined ? 0 : performance.now() - oldest.since
    },
    async close() {
      await atMost(
        CLOSE_TIMEOUT_MS,
        sender.drained().catch(() => undefined),
      )
      producer.closed = true
      room.close()
      failAllQueues(producer, new ClientClosedError(`Producing of ${options.clientId}`))
      await Promise.all([sender.stop(), cluster.close()])
    },
  }
}
