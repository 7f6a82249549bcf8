import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'

/** Where Kafka and PostgreSQL are. */
export interface Services {
  readonly brokers: readonly string[]
  readonly databaseUrl: string
}

const fileOf = (config: Config) => join(config.DATA_DIRECTORY, 'services.json')

/**
 * Lets the other commands find what `scoreline up` has started on this machine. Readable by this user only: it holds
 * the database's password.
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

/** The brokers by variable, or those of a running `scoreline up`; `undefined`: neither. */
export function brokersIfKnown(config: Config): readonly string[] | undefined {
  return config.KAFKA_BROKERS?.split(',').map((broker) => broker.trim()) ?? announced(config)?.brokers
}

/** The same, and an error that says what to do where there are none. */
export function brokersOf(config: Config): readonly string[] {
  const brokers = brokersIfKnown(config)
  if (brokers === undefined)
    throw new Error('No Kafka is configured: set KAFKA_BROKERS, or start the platform here with `npm start`.')
  return brokers
}

/** The database by variable, or that of a running `scoreline up`. */
export function databaseUrlOf(config: Config): string {
  const url = config.DATABASE_URL ?? announced(config)?.databaseUrl
  if (url === undefined)
    throw new Error('No PostgreSQL is configured: set DATABASE_URL, or start the platform here with `npm start`.')
  return url
}
