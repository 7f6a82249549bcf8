import type { KafkaError } from '../errors.ts'
import { mayBeAppended, produceOutcome } from './produce-outcome.ts'
import type { ProduceAnswer } from './produce-outcome.ts'
import { produce } from './produce-request.ts'
import type { QueuedBatch, SendQueue } from './send-queue.ts'
import { giveUp, postpone } from './sender-state.ts'
import type { SenderState } from './sender-state.ts'

/** Sends one request to each node and processes each answer when it arrives. */
export function dispatch<Queue extends SendQueue>(
  sender: SenderState<Queue>,
  requests: ReadonlyMap<number, readonly QueuedBatch[]>,
  now: number,
): void {
  const { requestsInFlight } = sender
  for (const [nodeId, batches] of requests) {
    for (const batch of batches) {
      batch.queue.inFlight++
      batch.queue.nodeId = nodeId
      batch.firstAttemptAt ||= now
      batch.attempts++
    }
    requestsInFlight.byNode.set(nodeId, (requestsInFlight.byNode.get(nodeId) ?? 0) + 1)
    requestsInFlight.total++
    void send(sender, nodeId, batches)
  }
}

async function send<Queue extends SendQueue>(
  sender: SenderState<Queue>,
  nodeId: number,
  batches: readonly QueuedBatch[],
): Promise<void> {
  const { cluster, options, requestsInFlight } = sender
  const { channel, requestTimeoutMs, transactionalId } = options
  try {
    const call = { channel, requestTimeoutMs, where: `Produce to broker ${nodeId} of ${options.name}` }
    const results = await cluster.call(nodeId, call, (connection) => {
      const write = () => produce(connection, transactionalId, requestTimeoutMs, batches, options.transactionVersion())
      return options.joins?.(connection)?.then(write) ?? write()
    })
    const answers = new Map(results.map((result) => [`${result.topic}-${result.partition}`, result]))
    for (const batch of batches) {
      const answer = answers.get(`${batch.topic}-${batch.partition}`)
      onAnswer(sender, batch, answer ?? { errorCode: -1, errorMessage: null, baseOffset: -1 })
    }
  } catch (error) {
    for (const batch of batches) onNoAnswer(sender, batch, error as KafkaError)
  } finally {
    requestsInFlight.byNode.set(nodeId, requestsInFlight.byNode.get(nodeId)! - 1)
    requestsInFlight.total--
    sender.wake.resolve()
  }
}

function onAnswer<Queue extends SendQueue>(
  sender: SenderState<Queue>,
  batch: QueuedBatch,
  answer: ProduceAnswer,
): void {
  batch.queue.inFlight--
  const outcome = produceOutcome(batch, answer, sender.options.name)
  if (outcome.kind === 'acknowledged') return onAcknowledged(batch, answer.baseOffset)
  if (mayBeAppended(answer)) batch.maybeAppended = true
  if (outcome.error.stale === 'metadata') sender.cluster.invalidate(batch.topic)
  if (outcome.kind === 'retry') postpone(batch)
  else giveUp(sender, batch, outcome.error)
}

function onAcknowledged(batch: QueuedBatch, baseOffset: number): void {
  const { queue } = batch
  batch.acknowledged = true
  queue.sequenceStarted = true
  // The bytes of a batch that was sent again may still be in the buffers of a connection.
  if (batch.attempts === 1) queue.recycle(batch)
  while (queue.waiting[0]?.acknowledged) queue.waiting.shift()
  queue.onAcknowledged(batch, baseOffset)
}

/** Handles the failure of a whole request, which the broker may have executed all the same. */
function onNoAnswer<Queue extends SendQueue>(sender: SenderState<Queue>, batch: QueuedBatch, error: KafkaError): void {
  batch.queue.inFlight--
  batch.maybeAppended = true
  postpone(batch)
  if (error.stale === 'metadata') sender.cluster.invalidate(batch.topic)
  if (error.kind !== 'retriable') giveUp(sender, batch, error)
}
