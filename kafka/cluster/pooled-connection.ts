import { isIP } from 'node:net'
import { Connection } from '@platformatic/kafka'
import type { ConnectionOptions } from '@platformatic/kafka'
import { nameOf } from './address.ts'
import type { Address } from './address.ts'
import type { ClientOptions } from '../client.ts'
import { ConnectionLostError, errorOfWire } from '../errors.ts'
import type { ConcurrencyLimiter } from './concurrency-limiter.ts'

/** One connection, from the first attempt to open it. */
export interface PooledConnection {
  readonly connection: Connection
  readonly ready: Promise<Connection>
  /** Breaks the connection, even while it is still being opened. */
  drop(): void
  close(): Promise<void>
}

export interface PooledConnectionOptions {
  readonly requestTimeoutMs: number
  /** Limits how many connections are opened at the same time. */
  readonly limiter: ConcurrencyLimiter
  /** Called when the connection can't be opened, or breaks. */
  readonly onGone: (connection: Connection) => void
}

const CONNECT_TIMEOUT_MS = 10_000

export function openConnection(
  options: ClientOptions,
  address: Address,
  { requestTimeoutMs, limiter, onGone }: PooledConnectionOptions,
): PooledConnection {
  const where = `Connecting to ${nameOf(address)}`
  const connection = new Connection(options.clientId, {
    ...securityOf(options, address.host),
    connectTimeout: CONNECT_TIMEOUT_MS,
    requestTimeout: requestTimeoutMs,
  })
  const gone = (): void => onGone(connection)
  // An `error` event without a listener would end the process; pending requests get the error through their callbacks.
  connection.on('error', gone)
  connection.on('closing', gone)
  connection.on('close', gone)
  const dropped = Promise.withResolvers<never>()
  let isDropped = false
  const connect = async (): Promise<void> => {
    if (!isDropped) await Promise.race([connection.connect(address.host, address.port), dropped.promise])
  }
  const connecting = Promise.race([limiter.run(nameOf(address), connect), dropped.promise])
  const ready = connecting.then(
    () => connection,
    (error: unknown) => {
      gone()
      throw errorOfWire(error, where)
    },
  )
  // Callers handle the rejection; if the pool was closed meanwhile, there are no callers left.
  ready.catch(() => undefined)
  return {
    connection,
    ready,
    drop() {
      const message = `${where}: the node is no longer in the cluster. Looking up its successor`
      isDropped = true
      dropped.reject(new ConnectionLostError(message, 'CONNECTION_LOST', 'retriable', { stale: 'metadata' }))
      connection.socket?.destroy()
    },
    close: () => closeOnceReady(ready),
  }
}

async function closeOnceReady(ready: Promise<Connection>): Promise<void> {
  const connection = await ready.catch(() => undefined)
  if (!connection) return
  const closing = connection.close()
  // The wire layer waits until everything is written, which never happens if the broker hangs.
  connection.socket.destroy()
  await closing
}

function securityOf({ tls, sasl }: ClientOptions, host: string): Partial<ConnectionOptions> {
  // `tlsServerName: true` sends the host as SNI, which brokers behind a shared load balancer need. An IP address is not
  // allowed there.
  return { ...(tls && { tls: { ...tls }, tlsServerName: isIP(host) === 0 }), ...(sasl && { sasl: { ...sasl } }) }
}
