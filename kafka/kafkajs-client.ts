import { createRequire } from 'node:module'
import { connect as connectTcp } from 'node:net'
import { connect as connectTls } from 'node:tls'
import kafkajs from 'kafkajs'
import type { Kafka, KafkaConfig, LogEntry, SASLOptions } from 'kafkajs'
import type { ClientOptions } from './client.ts'
import { KafkaError } from './errors.ts'

/** Gets what kafkajs would print. It calls errors what it then retries with success, so its levels are only hints. */
export type Log = (level: 'error' | 'warn' | 'info', message: string) => void

export interface KafkajsOptions extends ClientOptions {
  /** Default: silence. Whatever matters to the caller is thrown. */
  readonly log?: Log
}

const { logLevel } = kafkajs
const levels: Readonly<Record<number, 'error' | 'warn'>> = { [logLevel.ERROR]: 'error', [logLevel.WARN]: 'warn' }

interface RequestQueue {
  readonly pending: readonly unknown[]
  readonly throttledUntil: number
  scheduleCheckPendingRequests(): void
}

/**
 * kafkajs sets a timer to a time long past for each request although nothing waits, and Node warns about it on the console.
 * Nothing is lost without it: the timer only looks at what is pending or throttled.
 */
function quietTimers(): void {
  const queue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as { readonly prototype: RequestQueue }
  const schedule = Reflect.get(queue.prototype, 'scheduleCheckPendingRequests') as () => void
  queue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.pending.length > 0 || this.throttledUntil > Date.now()) schedule.call(this)
  }
}
quietTimers()

/** kafkajs serves administration, where exactly-once is not at stake. */
export function createKafkajs(options: KafkajsOptions): Kafka {
  const { brokers, clientId, tls, sasl, resolveBroker, requestTimeoutMs, log } = options
  const config: KafkaConfig = {
    brokers: [...brokers],
    clientId,
    connectionTimeout: 5000,
    requestTimeout: requestTimeoutMs ?? 30_000,
    retry: { initialRetryTime: 50, maxRetryTime: 2000, retries: 8 },
    logLevel: log ? logLevel.INFO : logLevel.NOTHING,
    logCreator: () => (entry) => log?.(levels[entry.level] ?? 'info', textOf(entry)),
    ...(tls && { ssl: { ...tls } }),
    ...(sasl && { sasl: { ...sasl, mechanism: sasl.mechanism.toLowerCase() } as SASLOptions }),
    ...(resolveBroker && {
      socketFactory: ({ host, port, ssl, onConnect }) => {
        const address = resolveBroker(host, port)
        return ssl ? connectTls({ ...address, ...ssl, servername: host }, onConnect) : connectTcp(address, onConnect)
      },
    }),
  }
  return new kafkajs.Kafka(config)
}

const shownAlready = new Set(['message', 'timestamp', 'logger', 'stack'])

function textOf({ namespace, log }: LogEntry): string {
  const rest = Object.entries(log).filter(([name]) => !shownAlready.has(name))
  return `${namespace}: ${log.message}${rest.length > 0 ? ` ${JSON.stringify(Object.fromEntries(rest))}` : ''}`
}

interface KafkajsError {
  /** The protocol's name of the error. */
  readonly type?: string
  readonly name?: string
  readonly message?: string
  readonly retriable?: boolean
  readonly cause?: unknown
}

/** One of our errors for one of kafkajs. Once its own retries are used up it hides the cause in a wrapper: the cause tells. */
export function kafkajsError(thrown: unknown, where: string): KafkaError {
  let error = thrown as KafkajsError
  while (error.cause instanceof Error) error = error.cause as KafkajsError
  const lost = error.name === 'KafkaJSConnectionError' || error.name === 'KafkaJSRequestTimeoutError'
  const code = error.type ?? (lost ? 'CONNECTION_LOST' : (error.name ?? 'UNEXPECTED'))
  const advice = lost ? '. Check the address and the broker' : ''
  const message = `${where}: ${error.message ?? String(thrown)}${advice}`
  return new KafkaError(message, code, error.retriable ? 'retriable' : 'abortable', { cause: thrown })
}
