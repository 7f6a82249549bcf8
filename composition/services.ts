import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'

/** Addresses of Kafka and PostgreSQL. */
export interface Services {
  readonly brokers: readonly string[]
  readonly databaseUrl: string
}

const fileOf = (config: Config) => join(config.DATA_DIRECTORY, 'services.json')

/**
 * Writes a file by which other commands find the services that `scoreline up` has started on this machine. Only this
 * user can read it, since it contains the database password.
 */
export function announceServices(config: Config, services: Services): () => void {
  mkdirSync(config.DATA_DIRECTORY, { recursive: true })
  writeFileSync(fileOf(config), JSON.stringify(services), { mode: 0o600 })
  return () => rmSync(fileOf(config), { force: true })
}

function announced(config: Config): Services | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(config), 'utf8')) as Services
  } catch {
    return undefined
  }
}

/** Returns the configured brokers, or those of a running `scoreline up`; `undefined` if there are none. */
export function brokersIfKnown(config: Config): readonly string[] | undefined {
  return config.KAFKA_BROKERS?.split(',').map((broker) => broker.trim()) ?? announced(config)?.brokers
}

/** Returns the brokers as `brokersIfKnown` does. Throws with advice if there are none. */
export function brokersOf(config: Config): readonly string[] {
  const brokers = brokersIfKnown(config)
  if (brokers === undefined)
    throw new Error('No Kafka is configured: set KAFKA_BROKERS, or start the platform here with `npm start`.')
  return brokers
}

/** Returns the database URL, configured or of a running `scoreline up`; `undefined` if there is none. */
export function databaseUrlIfKnown(config: Config): string | undefined {
  return config.DATABASE_URL ?? announced(config)?.databaseUrl
}

/** Returns the database URL as `databaseUrlIfKnown` does. Throws with advice if there is none. */
export function databaseUrlOf(config: Config): string {
  const url = databaseUrlIfKnown(config)
  if (url === undefined)
    throw new Error('No PostgreSQL is configured: set DATABASE_URL, or start the platform here with `npm start`.')
  return url
}
