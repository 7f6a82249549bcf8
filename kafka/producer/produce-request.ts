import type { Connection } from '@platformatic/kafka'
import { Writer, produceV11 } from '@platformatic/kafka'
import type { TopicPartition } from '../client.ts'
import type { TransactionVersion } from './transaction-version.ts'

/** One partition’s record batch in a request. */
export interface ProducedBatch extends TopicPartition {
  readonly bytes: Buffer
}

export interface ProduceResult extends TopicPartition {
  /** 0 if all in-sync replicas have the batch. */
  readonly errorCode: number
  readonly errorMessage: string | null
  /** Offset of the batch’s first record; -1 if unknown. */
  readonly baseOffset: number
}

type Topic = readonly [string, readonly ProducedBatch[]]

/**
 * Sends Produce with acks = all: version 11, or version 12, which has the same format and implicitly adds the
 * partitions to the transaction (KIP-890). The wire layer’s own encoder builds batches from message objects; ours are
 * bytes already. The protocol allows one batch per partition at most.
 */
export function produce(
  connection: Connection,
  transactionalId: string | null,
  timeoutMs: number,
  batches: readonly ProducedBatch[],
  transactionVersion: TransactionVersion,
): Promise<readonly ProduceResult[]> {
  const topics: Topic[] = [...Map.groupBy(batches, ({ topic }) => topic)]
  const encode = (): Writer =>
    Writer.create()
      .appendString(transactionalId)
      .appendInt16(-1)
      .appendInt32(timeoutMs)
      .appendArray(topics, (writer, [name, list]) => {
        writer.appendString(name).appendArray([...list], (inner, { partition, bytes }) => {
          inner
            .appendInt32(partition)
            .appendUnsignedVarInt(bytes.length + 1)
            .append(bytes)
        })
      })
      .appendTaggedFields()
  return new Promise((resolve, reject) => {
    const { key, version } = produceV11.api
    connection.send(
      key,
      transactionVersion === 2 ? 12 : version,
      encode,
      produceV11.parseResponse,
      true,
      true,
      (error, answer) => {
        // A single rejected batch makes the wire layer throw; the error carries the results of all batches.
        const response = error ? (error as { response?: produceV11.ProduceResponse }).response : answer
        if (response) resolve(resultsOf(response))
        else reject(error ?? new Error('Produce got an empty answer'))
      },
    )
  })
}

function resultsOf(response: produceV11.ProduceResponse): ProduceResult[] {
  return response.responses.flatMap(({ name, partitionResponses }) =>
    partitionResponses.map(({ index, errorCode, errorMessage, recordErrors, baseOffset }) => ({
      topic: name,
      partition: index,
      errorCode,
      baseOffset: Number(baseOffset),
      errorMessage:
        recordErrors.find((record) => record.batchIndexErrorMessage)?.batchIndexErrorMessage ?? errorMessage ?? null,
    })),
  )
}
