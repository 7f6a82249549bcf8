import type { Connection } from '@platformatic/kafka'
import { addressOf, distinct, shuffled } from './address.ts'
import type { Address } from './address.ts'
import { checkBrokerVersions } from './broker-versions.ts'
import type { ClientOptions } from '../client.ts'
import { createConnectionPool } from './connection-pool.ts'
import { ClientClosedError, KafkaError, errorOfWire } from '../errors.ts'
import { hedgedRequest } from './hedged-request.ts'

/** The brokers of a cluster, and the connections to them. */
export interface Brokers {
  /** Addresses by node id, as last reported by the cluster. */
  readonly addresses: Map<number, Address>
  readonly closed: boolean
  /** Connects to the broker with this advertised address. */
  connect(address: Address, channel: string, requestTimeoutMs: number): Promise<Connection>
  /** Breaks every connection to the broker. */
  drop(address: Address): void
  /**
   * Sends a request that any broker can answer. Starts with the broker that answered last; a hanging broker delays the
   * caller only briefly. One attempt per broker; every error is a `KafkaError`.
   */
  requestAny<T>(where: string, request: (connection: Connection) => Promise<T>): Promise<T>
  closeChannel(channel: string): Promise<void>
  close(): Promise<void>
}

const METADATA_CHANNEL = 'metadata'
/** After this wait for one broker’s answer about the cluster, the next broker is asked too. */
const HEDGING_DELAY_MS = 1_000

/** `answerTimeoutMs`: time-out of one broker’s answer about the cluster. */
export function createBrokers(options: ClientOptions, answerTimeoutMs: number): Brokers {
  const pool = createConnectionPool(options)
  const seeds = options.brokers.map(addressOf)
  const addresses = new Map<number, Address>()
  let versionsChecked = false
  let lastAnswered: Address | undefined
  let closed = false

  const dialled = ({ host, port }: Address): Address => options.resolveBroker?.(host, port) ?? { host, port }

  const connect = (address: Address, channel: string, requestTimeoutMs: number): Promise<Connection> =>
    pool.connect(dialled(address), channel, requestTimeoutMs)

  async function ask<T>(address: Address, where: string, request: (connection: Connection) => Promise<T>): Promise<T> {
    if (closed) throw new ClientClosedError(where)
    try {
      const connection = await connect(address, METADATA_CHANNEL, answerTimeoutMs)
      if (!versionsChecked) await checkBrokerVersions(connection)
      versionsChecked = true
      const answer = await request(connection)
      lastAnswered = address
      return answer
    } catch (error) {
      throw errorOfWire(error, where)
    }
  }

  return {
    addresses,
    get closed() {
      return closed
    },
    connect,
    drop: (address) => pool.drop(dialled(address)),
    async requestAny(where, request) {
      const known = distinct([...(lastAnswered ? [lastAnswered] : shuffled(seeds)), ...addresses.values(), ...seeds])
      if (known.length === 0)
        throw new KafkaError(`${where}: no broker is configured. Name at least one as host:port`, 'NO_BROKERS', 'fatal')
      const attempts = known.map((address) => () => ask(address, where, request))
      return hedgedRequest(attempts, HEDGING_DELAY_MS, (error) => (error as KafkaError).kind !== 'retriable')
    },
    closeChannel: (channel) => pool.closeChannel(channel),
    close() {
      closed = true
      return pool.close()
    },
  }
}
