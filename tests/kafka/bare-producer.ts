import type { Cluster } from '../../kafka/cluster/cluster.ts'
import { errorOfCode } from '../../kafka/errors.ts'
import type { Outcome } from '../../kafka/producer/end-transaction-request.ts'
import type { ProducerIdentity } from '../../kafka/producer/producer-identity.ts'
import { produce } from '../../kafka/producer/produce-request.ts'
import { createRecordBatchWriter } from '../../kafka/records/record-batch-writer.ts'
import { deadlineIn, retry } from '../../kafka/cluster/retry.ts'
import { createTransactionRequests } from '../../kafka/producer/transaction-requests.ts'
import type { TransactionRequests } from '../../kafka/producer/transaction-requests.ts'
import type { TransactionVersion } from '../../kafka/producer/transaction-version.ts'

/**
 * A producer that speaks the bare transaction protocol, without precautions against its own late requests, so that
 * tests see what the broker lets through.
 */
export interface BareProducer {
  readonly requests: TransactionRequests
  /** The current producer id and epoch; in version 2 each end changes them. */
  readonly identity: ProducerIdentity
  /** Adds a partition to the transaction; version 1 only. */
  add(topic: string): Promise<void>
  /** Makes one attempt to write one record. Rejects with the broker’s refusal, or if no answer comes. */
  produceOnce(topic: string, sequence: number, value: string): Promise<void>
  /** Writes one record, and retries where the broker asks for it. */
  produce(topic: string, sequence: number, value: string): Promise<void>
  end(outcome: Outcome): Promise<void>
}

const retryMs = 10_000

export async function startBareProducer(
  cluster: Cluster,
  transactionalId: string,
  version: TransactionVersion,
): Promise<BareProducer> {
  const { requestTimeoutMs } = cluster
  const channel = `bare ${transactionalId}`
  const requests = createTransactionRequests(cluster, transactionalId, { channel, requestTimeoutMs, retryMs })
  let identity = await requests.initProducerId(60_000, retryMs)
  const bare: BareProducer = {
    requests,
    get identity() {
      return identity
    },
    add: (topic) => requests.addPartitions(identity, [{ topic, partition: 0 }]),
    async produceOnce(topic, sequence, value) {
      const writer = createRecordBatchWriter()
      writer.append(Date.now(), null, Buffer.from(value))
      const bytes = writer.finish(identity.producerId, identity.producerEpoch, sequence, true, 'none')
      const { nodeId } = await cluster.leaderOf(topic, 0)
      const where = `Produce to ${topic}`
      const [result] = await cluster.call(nodeId, { channel, requestTimeoutMs, where }, (connection) =>
        produce(connection, transactionalId, requestTimeoutMs, [{ topic, partition: 0, bytes }], version),
      )
      if (result!.errorCode !== 0) throw errorOfCode(result!.errorCode, where, result!.errorMessage)
    },
    produce: (topic, sequence, value) =>
      retry(() => bare.produceOnce(topic, sequence, value), { deadline: deadlineIn(retryMs) }),
    async end(outcome) {
      identity = await requests.end(identity, outcome, version, retryMs)
    },
  }
  return bare
}
