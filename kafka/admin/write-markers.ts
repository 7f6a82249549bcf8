import { Writer } from '@platformatic/kafka'
import type { Connection, Reader } from '@platformatic/kafka'
import type { Cluster } from '../cluster/cluster.ts'
import type { CallOptions } from '../cluster/node-calls.ts'
import { errorOfCode } from '../errors.ts'
import type { Outcome } from '../producer/end-transaction-request.ts'
import type { OpenPartition } from './open-partitions.ts'

const WRITE_TXN_MARKERS_KEY = 27
const VERSION = 1
/** A newer epoch of the producer has written to the partition: there is nothing of the older one to end. */
const INVALID_PRODUCER_EPOCH = 47

interface Marker {
  readonly producerId: bigint
  readonly outcome: Outcome
  readonly partitions: readonly OpenPartition[]
}

/**
 * Writes the marker that ends the producer's transaction in each partition, at its leader. Repeating it is harmless, and
 * so is a request that arrives late: a partition refuses the marker once a newer epoch has written to it. Needs the
 * permission Alter on the cluster (KIP-1037).
 */
export async function writeMarkers(cluster: Cluster, marker: Marker, call: CallOptions): Promise<void> {
  const byNode = Map.groupBy(marker.partitions, ({ nodeId }) => nodeId)
  await Promise.all(
    [...byNode].map(async ([nodeId, partitions]) => {
      const errorCodes = await cluster.call(nodeId, call, (connection) => send(connection, { ...marker, partitions }))
      const refused = errorCodes.find((code) => code !== 0 && code !== INVALID_PRODUCER_EPOCH)
      if (refused !== undefined) throw errorOfCode(refused, call.where)
    }),
  )
}

/** Returns the error code of each partition. The wire layer lacks this request. */
function send(connection: Connection, { producerId, outcome, partitions }: Marker): Promise<readonly number[]> {
  const encode = (): Writer =>
    Writer.create()
      .appendArray([...partitions], (writer, { topic, partition, producerEpoch, coordinatorEpoch }) => {
        writer
          .appendInt64(producerId)
          .appendInt16(producerEpoch)
          .appendBoolean(outcome === 'commit')
          .appendArray([topic], (inner, name) =>
            inner.appendString(name).appendArray([partition], appendInt32, true, false),
          )
          // -1 if the producer has never ended a transaction there; 0 is below every real epoch of a coordinator.
          .appendInt32(Math.max(0, coordinatorEpoch))
      })
      .appendTaggedFields()
  return new Promise((resolve, reject) => {
    connection.send<readonly number[]>(
      WRITE_TXN_MARKERS_KEY,
      VERSION,
      encode,
      (_correlationId, _apiKey, _apiVersion, reader) => readErrorCodes(reader),
      true,
      true,
      (error, codes) => (error ? reject(error) : resolve(codes as unknown as readonly number[])),
    )
  })
}

const appendInt32 = (writer: Writer, value: number): void => void writer.appendInt32(value)

function readErrorCodes(reader: Reader): number[] {
  const codes: number[] = []
  reader.readArray((marker) => {
    marker.readInt64()
    marker.readArray((topic) => {
      topic.readString()
      topic.readArray((partition) => {
        partition.readInt32()
        codes.push(partition.readInt16())
      })
    })
  })
  return codes
}
