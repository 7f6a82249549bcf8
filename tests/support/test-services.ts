/**
 * Provides the tests’ Kafka and PostgreSQL, in this order of preference: those named by the variables; containers, if a
 * Docker engine answers; embedded ones in a directory that is removed with the run.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBroker } from '../../deploy/broker.ts'
import { startDatabase } from '../../deploy/database.ts'
import { startBrokerContainer, startDatabaseContainer } from './containers.ts'
import type { Service } from './service.ts'

const killProcess = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has already ended.
  }
}

/** Creates a directory that other users may enter too: as root, PostgreSQL runs as one of them. */
export const makeTemporaryDirectory = (name: string): string => {
  const directory = mkdtempSync(join(tmpdir(), `scoreline-${name}-`))
  chmodSync(directory, 0o711)
  return directory
}

/** Starts a server in a temporary directory that is removed with the server, or if it fails to start. */
const embed = async (
  name: string,
  start: (directory: string) => Promise<{ address: string; pid: number; stop: () => Promise<void> }>,
): Promise<Service> => {
  const directory = makeTemporaryDirectory(name)
  const remove = (): void => rmSync(directory, { recursive: true, force: true, maxRetries: 3 })
  try {
    const { address, pid, stop } = await start(directory)
    return { address, from: 'embedded', stop: () => stop().finally(remove), kill: () => (killProcess(pid), remove()) }
  } catch (error) {
    remove()
    throw error
  }
}

const startEmbeddedBroker = (): Promise<Service> =>
  embed('broker', async (directory) => {
    const { brokers, pid, stop } = await startBroker({ directory, shortLived: true })
    return { address: brokers.join(','), pid, stop }
  })

const startEmbeddedDatabase = (): Promise<Service> =>
  embed('database', async (directory) => {
    const { url, pid, stop } = await startDatabase({ directory: join(directory, 'postgres'), throwAway: true })
    return { address: url, pid, stop }
  })

const given = (address: string): Service => ({ address, from: 'given', stop: () => Promise.resolve(), kill: () => {} })

export const provideBroker = async (): Promise<Service> => {
  if (process.env.KAFKA_BROKERS) return given(process.env.KAFKA_BROKERS)
  return (await startBrokerContainer()) ?? (await startEmbeddedBroker())
}

export const provideDatabase = async (): Promise<Service> => {
  if (process.env.DATABASE_URL) return given(process.env.DATABASE_URL)
  return (await startDatabaseContainer()) ?? (await startEmbeddedDatabase())
}
