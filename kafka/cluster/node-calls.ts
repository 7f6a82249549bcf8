import type { Connection } from '@platformatic/kafka'
import type { Address } from './address.ts'
import type { Brokers } from './brokers.ts'
import { ClientClosedError, KafkaError, errorOfWire } from '../errors.ts'
import { createSilentNodes } from './silent-nodes.ts'
import { requestMetadata } from './topic-metadata.ts'

/** Context of a request to a leader or coordinator, besides the connection. */
export interface CallOptions {
  /** One ordered connection for one purpose: requests on it are answered in order and delay no other channel. */
  readonly channel: string
  /** Name of the request in errors, as in `EndTxn of scores-3`. */
  readonly where: string
  /** How long to retry retriable errors. Default: the client's request time-out. */
  readonly retryMs?: number
  /** Time-out of one answer; applies to the whole channel. Default: the client's request time-out. */
  readonly requestTimeoutMs?: number
  readonly signal?: AbortSignal
}

/** Makes one attempt at one node; every error is a `KafkaError`. */
export type CallNode = <T>(
  nodeId: number,
  call: CallOptions,
  request: (connection: Connection) => Promise<T>,
) => Promise<T>

/** Creates calls to nodes by id. Resolves their addresses and stops waiting for a node that has left the cluster. */
export function createNodeCalls(brokers: Brokers, requestTimeoutMs: number): CallNode {
  const { addresses } = brokers
  /** Last known address of each node, including nodes that have left. */
  const lastFound = new Map<number, Address>()

  const silent = createSilentNodes({
    ask: () => requestMetadata(brokers, []),
    isInCluster: (nodeId) => brokers.closed || addresses.has(nodeId),
    giveUp(nodeId) {
      const address = lastFound.get(nodeId)
      if (address) brokers.drop(address)
    },
  })

  async function find(nodeId: number, where: string): Promise<Address> {
    if (!addresses.has(nodeId)) await requestMetadata(brokers, [])
    const address = addresses.get(nodeId)
    if (!address) throw notInCluster(nodeId, where)
    lastFound.set(nodeId, address)
    return address
  }

  return async (nodeId, { channel, where, requestTimeoutMs: answerMs = requestTimeoutMs }, request) => {
    if (brokers.closed) throw new ClientClosedError(where)
    try {
      const address = await find(nodeId, where)
      // The connection is awaited under the watch too: a hanging node does not answer the handshake either.
      return await silent.watch(nodeId, brokers.connect(address, channel, answerMs).then(request))
    } catch (error) {
      const known = errorOfWire(error, where)
      // An unreachable node may have moved, so the next call asks for the addresses again.
      if (known.code === 'CONNECTION_LOST') addresses.delete(nodeId)
      throw known
    }
  }
}

function notInCluster(nodeId: number, where: string): KafkaError {
  const message = `${where}: broker ${nodeId} is not in the cluster now. It is retried`
  return new KafkaError(message, 'BROKER_NOT_AVAILABLE', 'retriable', { stale: 'metadata' })
}
