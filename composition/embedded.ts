import { join, resolve } from 'node:path'
import type { Config } from '../config.ts'
import { startBroker } from '../deploy/broker.ts'
import { startDatabase } from '../deploy/database.ts'
import type { Log } from '../streams/log.ts'
import { announceServices, type Services } from './services.ts'

export interface RunningServices extends Services {
  /** Origin of each service, for the banner. */
  readonly origins: { readonly kafka: string; readonly database: string }
  /** Stops the servers started here, and kills those that do not stop within the time-out. */
  stop(timeoutMs?: number): Promise<void>
}

/** Stop time-out after Ctrl-C, short enough not to seem stuck. */
const INTERRUPTED_MS_MAX = 1_500

/**
 * Returns Kafka and PostgreSQL as configured. Services that are not configured are started on this machine, with their
 * data below the data directory. Rejects if `stopped` aborts the start, with nothing left running.
 */
export async function provideServices(config: Config, log: Log, stopped?: AbortSignal): Promise<RunningServices> {
  const directory = resolve(config.DATA_DIRECTORY)
  const line = (message: string) => log('info', message)
  const started = await Promise.allSettled([
    config.KAFKA_BROKERS === undefined
      ? startBroker({ directory: join(directory, 'kafka'), port: config.BROKER_PORT, log: line, signal: stopped })
      : undefined,
    config.DATABASE_URL === undefined
      ? startDatabase({
          directory: join(directory, 'postgres'),
          port: config.DATABASE_PORT,
          log: line,
          signal: stopped,
        })
      : undefined,
  ])
  const [broker, database] = started.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : undefined)) as [
    Awaited<ReturnType<typeof startBroker>> | undefined,
    Awaited<ReturnType<typeof startDatabase>> | undefined,
  ]
  // The servers end with this process, however it ends, unless it is killed.
  const abandon = () => {
    broker?.abandon()
    database?.abandon()
  }
  process.once('exit', abandon)
  const stop = async (timeoutMs?: number) => {
    await Promise.all([broker?.stop(timeoutMs), database?.stop(timeoutMs)])
    process.off('exit', abandon)
  }
  const failed = started.find((outcome) => outcome.status === 'rejected')
  if (failed !== undefined) {
    await stop(stopped?.aborted ? INTERRUPTED_MS_MAX : undefined)
    throw failed.reason
  }
  const services = {
    brokers: broker?.brokers ?? config.KAFKA_BROKERS!.split(',').map((one) => one.trim()),
    databaseUrl: database?.url ?? config.DATABASE_URL!,
  }
  const withdraw = announceServices(config, services)
  return {
    ...services,
    origins: {
      kafka: broker === undefined ? 'as configured by KAFKA_BROKERS' : `started here, process ${broker.pid}`,
      database: database === undefined ? 'as configured by DATABASE_URL' : `started here, process ${database.pid}`,
    },
    async stop(timeoutMs) {
      withdraw()
      await stop(timeoutMs)
    },
  }
}
