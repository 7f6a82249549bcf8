import { isIP } from 'node:net'
import { Connection } from '@platformatic/kafka'
import type { ConnectionOptions } from '@platformatic/kafka'
import type { ClientOptions } from '../client.ts'
import { ClientClosedError, ConnectionLostError, errorOfWire } from '../errors.ts'
import { createTurnstile } from './turnstile.ts'

export interface Address {
  readonly host: string
  readonly port: number
}

/** One connection per (address, channel), made when first asked for and again after it broke. */
export interface ConnectionPool {
  connect(address: Address, channel: string, requestTimeoutMs: number): Promise<Connection>
  /** Closes the connections of one channel, for a producer or fetcher that ends before its client. */
  closeChannel(channel: string): Promise<void>
  /** Breaks every connection to an address: who waits for an answer gets an error that may be retried. */
  drop(address: Address): void
  close(): Promise<void>
}

interface Entry {
  readonly channel: string
  readonly connection: Connection
  readonly ready: Promise<Connection>
  /** Also while it is being made. */
  readonly drop: () => void
}

const CONNECT_TIMEOUT_MS = 10_000
/**
 * Maximum of simultaneous connection attempts to one broker. Each task has several connections, and with TLS and SASL
 * each costs both sides milliseconds: after a broker’s return, all at once would time out, again and again.
 */
const CONNECTING_MAX = 4

export function createConnectionPool(options: ClientOptions): ConnectionPool {
  const entries = new Map<string, Entry>()
  const turnstile = createTurnstile(CONNECTING_MAX)
  let closed = false

  function open(key: string, channel: string, address: Address, requestTimeoutMs: number): Entry {
    const where = `Connecting to ${address.host}:${address.port}`
    const connection = new Connection(options.clientId, {
      ...securityOf(options, address.host),
      connectTimeout: CONNECT_TIMEOUT_MS,
      requestTimeout: requestTimeoutMs,
    })
    const forget = (): void => {
      if (entries.get(key)?.connection === connection) entries.delete(key)
    }
    // An `error` event without a listener would end the process; pending requests get the error through their
    // callbacks.
    connection.on('error', forget)
    connection.on('closing', forget)
    connection.on('close', forget)
    const dropped = Promise.withResolvers<never>()
    let isDropped = false
    const name = `${address.host}:${address.port}`
    const connect = async (): Promise<void> => {
      if (!isDropped) await Promise.race([connection.connect(address.host, address.port), dropped.promise])
    }
    const connecting = Promise.race([turnstile.pass(name, connect), dropped.promise])
    const ready = connecting.then(
      () => connection,
      (error: unknown) => {
        forget()
        throw errorOfWire(error, where)
      },
    )
    // Callers handle the rejection; a pool closed meanwhile has none left.
    ready.catch(() => undefined)
    const drop = (): void => {
      const message = `${where}: the node is no longer in the cluster. Looking up its successor`
      isDropped = true
      dropped.reject(new ConnectionLostError(message, 'CONNECTION_LOST', 'retriable', { stale: 'metadata' }))
      connection.socket?.destroy()
    }
    return { channel, connection, ready, drop }
  }

  async function closeEntries(chosen: readonly [string, Entry][]): Promise<void> {
    for (const [key] of chosen) entries.delete(key)
    await Promise.all(
      chosen.map(async ([, entry]) => {
        const connection = await entry.ready.catch(() => undefined)
        if (!connection) return
        const closing = connection.close()
        // The wire layer waits until everything is written, which never happens with a hanging broker.
        connection.socket.destroy()
        await closing
      }),
    )
  }

  return {
    connect(address, channel, requestTimeoutMs) {
      if (closed) return Promise.reject(new ClientClosedError(`Connecting to ${address.host}:${address.port}`))
      const key = `${address.host}:${address.port}/${channel}`
      let entry = entries.get(key)
      // A connection that timed out closes before it reports so.
      if (entry && (entry.connection.status === 'closing' || entry.connection.status === 'closed')) entry = undefined
      if (!entry) {
        entry = open(key, channel, address, requestTimeoutMs)
        entries.set(key, entry)
      }
      return entry.ready
    },
    closeChannel: (channel) => closeEntries([...entries].filter(([, entry]) => entry.channel === channel)),
    drop({ host, port }) {
      for (const [key, entry] of [...entries].filter(([name]) => name.startsWith(`${host}:${port}/`))) {
        entries.delete(key)
        entry.drop()
      }
    },
    close() {
      closed = true
      return closeEntries([...entries])
    },
  }
}

function securityOf({ tls, sasl }: ClientOptions, host: string): Partial<ConnectionOptions> {
  // `tlsServerName: true` sends the host as SNI, which brokers behind a shared load balancer need. An IP address is not
  // allowed there.
  return { ...(tls && { tls: { ...tls }, tlsServerName: isIP(host) === 0 }), ...(sasl && { sasl: { ...sasl } }) }
}
