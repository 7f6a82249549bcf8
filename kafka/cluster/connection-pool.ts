import type { Connection } from '@platformatic/kafka'
import { nameOf } from './address.ts'
import type { Address } from './address.ts'
import type { ClientOptions } from '../client.ts'
import { ClientClosedError } from '../errors.ts'
import { openConnection } from './pooled-connection.ts'
import type { PooledConnection } from './pooled-connection.ts'
import { createConcurrencyLimiter } from './concurrency-limiter.ts'

/** One connection per (address, channel), opened on first use and reopened after it broke. */
export interface ConnectionPool {
  connect(address: Address, channel: string, requestTimeoutMs: number): Promise<Connection>
  /** Closes the connections of one channel: for a producer or fetcher that is closed before its client. */
  closeChannel(channel: string): Promise<void>
  /** Breaks every connection to an address. Pending requests fail with a retriable error. */
  drop(address: Address): void
  close(): Promise<void>
}

interface Entry {
  readonly channel: string
  readonly pooled: PooledConnection
}

/**
 * Maximum of simultaneous connection attempts to one broker. Each task has several connections, and with TLS and SASL
 * each costs both sides milliseconds: after a broker’s return, connecting them all at once would time out again and
 * again.
 */
const CONNECTING_MAX = 4

export function createConnectionPool(options: ClientOptions): ConnectionPool {
  const entries = new Map<string, Entry>()
  const limiter = createConcurrencyLimiter(CONNECTING_MAX)
  let closed = false

  async function closeEntries(chosen: readonly [string, Entry][]): Promise<void> {
    for (const [key] of chosen) entries.delete(key)
    await Promise.all(chosen.map(([, { pooled }]) => pooled.close()))
  }

  return {
    connect(address, channel, requestTimeoutMs) {
      if (closed) return Promise.reject(new ClientClosedError(`Connecting to ${nameOf(address)}`))
      const key = `${nameOf(address)}/${channel}`
      const known = entries.get(key)
      if (known && !isClosed(known)) return known.pooled.ready
      const onGone = (connection: Connection): void => {
        if (entries.get(key)?.pooled.connection === connection) entries.delete(key)
      }
      const pooled = openConnection(options, address, { requestTimeoutMs, limiter, onGone })
      entries.set(key, { channel, pooled })
      return pooled.ready
    },
    closeChannel: (channel) => closeEntries([...entries].filter(([, entry]) => entry.channel === channel)),
    drop(address) {
      for (const [key, { pooled }] of [...entries].filter(([name]) => name.startsWith(`${nameOf(address)}/`))) {
        entries.delete(key)
        pooled.drop()
      }
    },
    close() {
      closed = true
      return closeEntries([...entries])
    },
  }
}

/** A connection that timed out closes before it reports the time-out. */
function isClosed({ pooled: { connection } }: Entry): boolean {
  return connection.status === 'closing' || connection.status === 'closed'
}
