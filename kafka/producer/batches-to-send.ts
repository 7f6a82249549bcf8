import type { KafkaError } from '../errors.ts'
import { deliveryTimeoutOf } from './produce-outcome.ts'
import { backoffMs } from '../cluster/retry.ts'
import type { QueuedBatch, SendQueue } from './send-queue.ts'
import { giveUp } from './sender-state.ts'
import type { SenderState } from './sender-state.ts'

const IN_FLIGHT_PER_NODE_MAX = 5
/** Kept well below the broker's `socket.request.max.bytes` of 100 MB. */
const REQUEST_BYTES_MAX = 8_000_000

/** Returns the batches that may be sent now, by node. Looks up the leaders. */
export async function batchesToSend<Queue extends SendQueue>(
  sender: SenderState<Queue>,
  now: number,
): Promise<Map<number, QueuedBatch[]>> {
  const requests = new Map<number, QueuedBatch[]>()
  const bytes = new Map<number, number>()
  for (const queue of sender.queues) {
    const head = headToSend(sender, queue, now)
    if (!head) continue
    const nodeId = await leaderNode(sender, queue, head)
    if (nodeId === undefined || (sender.requestsInFlight.byNode.get(nodeId) ?? 0) >= IN_FLIGHT_PER_NODE_MAX) continue
    const batch = sendable(queue, nodeId, now)
    if (!batch) continue
    const total = (bytes.get(nodeId) ?? 0) + batch.bytes.length
    const request = requests.get(nodeId)
    if (request && total > REQUEST_BYTES_MAX) continue
    if (request) request.push(batch)
    else requests.set(nodeId, [batch])
    bytes.set(nodeId, total)
  }
  return requests
}

/**
 * Returns the first batch of the queue if it may be sent now. Removes queues that are done, and gives up batches that
 * have been tried for too long.
 */
function headToSend<Queue extends SendQueue>(
  sender: SenderState<Queue>,
  queue: Queue,
  now: number,
): QueuedBatch | undefined {
  if (!sender.prepared.has(queue)) return undefined
  queue.fill?.()
  const head = queue.waiting[0]
  if (!head) {
    if (queue.inFlight === 0) sender.queues.delete(queue)
    return undefined
  }
  if (queue.inFlight >= queue.inFlightMax) return undefined
  const expired = deliveryTimeoutOf(head, now, sender.options)
  if (expired) {
    giveUp(sender, head, expired)
    return undefined
  }
  return queue.pausedUntil > now ? undefined : head
}

/** Returns the node of the partition's leader. If there is none, pauses the queue and returns `undefined`. */
async function leaderNode<Queue extends SendQueue>(
  sender: SenderState<Queue>,
  queue: SendQueue,
  head: QueuedBatch,
): Promise<number | undefined> {
  try {
    return (await sender.cluster.leaderOf(queue.topic, queue.partition)).nodeId
  } catch (thrown) {
    const error = thrown as KafkaError
    const now = performance.now()
    head.firstAttemptAt ||= now
    head.attempts++
    queue.pausedUntil = now + backoffMs(head.attempts)
    const end = error.kind === 'retriable' ? deliveryTimeoutOf(head, now, sender.options, error) : error
    if (end) giveUp(sender, head, end)
    return undefined
  }
}

/** Returns the queue's next batch if it may be sent to this node now. */
function sendable(queue: SendQueue, nodeId: number, now: number): QueuedBatch | undefined {
  if (queue.mustDrain && queue.inFlight === 0) queue.acknowledge()
  if (queue.mustDrain || queue.pausedUntil > now || queue.inFlight >= queue.inFlightMax) return undefined
  if (queue.inFlight > 0 && (queue.nodeId !== nodeId || !queue.sequenceStarted)) return undefined
  return queue.waiting[queue.inFlight]
}
