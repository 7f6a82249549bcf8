import { setTimeout as delay } from 'node:timers/promises'
import { batchesToSend } from './batches-to-send.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { ClientClosedError } from '../errors.ts'
import type { KafkaError } from '../errors.ts'
import { dispatch } from './send-batches.ts'
import type { SendQueue } from './send-queue.ts'
import { createSenderState, failSender } from './sender-state.ts'
import type { RecordSenderOptions, SenderState } from './sender-state.ts'

/** Delivers the queued batches of one producer to the partitions’ leaders, each exactly once and in order. */
export interface RecordSender<Queue extends SendQueue> {
  /** Adds a queue with waiting batches. */
  enqueue(queue: Queue): void
  /** Resolves when every enqueued batch is acknowledged; rejects with the first error that retries can't fix. */
  drained(): Promise<void>
  /**
   * Stops sending and waits for the batches in flight. Returns whether the sequence numbers may continue, which they
   * may not after a batch with an unknown outcome. Afterwards it is ready for the next transaction.
   */
  stop(): Promise<{ readonly sequencesIntact: boolean }>
}

export function createRecordSender<Queue extends SendQueue>(
  cluster: Cluster,
  options: RecordSenderOptions<Queue>,
): RecordSender<Queue> {
  const sender = createSenderState(cluster, options)
  // Created once: every transaction without effect stops the sender, and an error with its stack is expensive.
  const closed = new ClientClosedError(`Produce of ${options.name}`)
  let running: Promise<void> | undefined

  async function run(): Promise<void> {
    try {
      await sendAll(sender)
    } catch (error) {
      failSender(sender, error as KafkaError)
    } finally {
      // Cleared in the same turn as the loop’s last check of the queues, so that `enqueue` never relies on a finished
      // loop.
      running = undefined
    }
  }

  return {
    enqueue(queue) {
      if (sender.failure) return
      sender.queues.add(queue)
      sender.wake.resolve()
      running ??= run()
    },
    async drained() {
      while (running && !sender.failure) await running
      if (sender.failure) throw sender.failure
    },
    async stop() {
      const stopped = sender.failure === undefined
      sender.failure ??= closed
      sender.wake.resolve()
      await running
      await lastAnswers(sender)
      const sequencesIntact = stopped && [...sender.queues].every(isAcknowledged)
      sender.queues.clear()
      sender.prepared.clear()
      sender.failure = undefined
      return { sequencesIntact }
    },
  }
}

/** Sends until the queues are empty, or the sender fails. */
async function sendAll<Queue extends SendQueue>(sender: SenderState<Queue>): Promise<void> {
  // Queues filled in the same turn join the transaction, and are sent, together.
  await Promise.resolve()
  while (sender.queues.size > 0 && !sender.failure) {
    sender.wake = Promise.withResolvers()
    const fresh = notPrepared(sender)
    if (fresh.length > 0) await prepare(sender, fresh)
    const now = performance.now()
    const requests = await batchesToSend(sender, now)
    if (sender.failure) return
    dispatch(sender, requests, now)
    if (requests.size > 0 || sender.queues.size === 0 || notPrepared(sender).length > 0) continue
    const next = nextPauseEnd(sender.queues, now)
    const { promise } = sender.wake
    await (next === Infinity ? promise : Promise.race([promise, delay(next - now)]))
  }
}

function notPrepared<Queue extends SendQueue>({ queues, prepared }: SenderState<Queue>): Queue[] {
  return [...queues].filter((queue) => !prepared.has(queue))
}

async function prepare<Queue extends SendQueue>(sender: SenderState<Queue>, fresh: readonly Queue[]): Promise<void> {
  try {
    await sender.options.prepare(fresh)
    for (const queue of fresh) sender.prepared.add(queue)
  } catch (error) {
    for (const queue of fresh) {
      if (!queue.failAll) throw error
      queue.failAll(error as KafkaError)
      sender.queues.delete(queue)
    }
  }
}

/** Returns when the first paused queue resumes; `Infinity` if none is paused. */
function nextPauseEnd(queues: ReadonlySet<SendQueue>, now: number): number {
  let next = Infinity
  for (const { pausedUntil } of queues) if (pausedUntil > now) next = Math.min(next, pausedUntil)
  return next
}

async function lastAnswers<Queue extends SendQueue>(sender: SenderState<Queue>): Promise<void> {
  while (sender.requestsInFlight.total > 0) {
    sender.wake = Promise.withResolvers()
    await sender.wake.promise
  }
}

const isAcknowledged = ({ waiting }: SendQueue): boolean => waiting.every(({ acknowledged }) => acknowledged)
