import type { Connection, Reader } from '@platformatic/kafka'
import { ResponseError, Writer, endTxnV4 } from '@platformatic/kafka'
import type { ProducerIdentity } from './producer-identity.ts'

export type Outcome = 'commit' | 'abort'

const END_TRANSACTION_KEY = 26
const VERSION_WITH_BUMP = 5

/** Sends EndTxn version 4, after which the producer keeps its identity. */
export async function endTransaction(
  connection: Connection,
  transactionalId: string,
  producer: ProducerIdentity,
  outcome: Outcome,
): Promise<ProducerIdentity> {
  await endTxnV4.api.async(
    connection,
    transactionalId,
    producer.producerId,
    producer.producerEpoch,
    outcome === 'commit',
  )
  return producer
}

/**
 * Sends EndTxn version 5, which the wire layer lacks (KIP-890). The answer holds the producer’s identity for the next
 * transaction: the next epoch, or a new id once the epochs are used up. Repeating the request under the former identity
 * gives the same answer.
 */
export function endTransactionWithBump(
  connection: Connection,
  transactionalId: string,
  { producerId, producerEpoch }: ProducerIdentity,
  outcome: Outcome,
): Promise<ProducerIdentity> {
  const encode = (): Writer =>
    Writer.create()
      .appendString(transactionalId)
      .appendInt64(producerId)
      .appendInt16(producerEpoch)
      .appendBoolean(outcome === 'commit')
      .appendTaggedFields()
  return new Promise((resolve, reject) => {
    connection.send(END_TRANSACTION_KEY, VERSION_WITH_BUMP, encode, parse, true, true, (error, next) => {
      if (next && !error) resolve(next)
      else reject(error ?? new Error('EndTxn was answered with nothing'))
    })
  })
}

function parse(_correlationId: number, apiKey: number, apiVersion: number, reader: Reader): ProducerIdentity {
  const throttleTimeMs = reader.readInt32()
  const errorCode = reader.readInt16()
  const next = { producerId: reader.readInt64(), producerEpoch: reader.readInt16() }
  reader.readTaggedFields()
  if (errorCode === 0) return next
  throw new ResponseError(apiKey, apiVersion, { '/': [errorCode, null] }, { throttleTimeMs, errorCode, ...next })
}
