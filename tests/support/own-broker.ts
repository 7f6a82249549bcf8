/** A broker for one test alone, which may stop, kill and restart it. */
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startBroker, type Broker } from '../../deploy/broker.ts'
import { findFreePort } from '../../deploy/ports.ts'
import { makeTemporaryDirectory } from './test-services.ts'

export type OwnBroker = {
  brokers: string[]
  /** kill -9, as a machine that loses power: nothing is flushed, nobody is told. */
  kill: () => void
  /** An orderly stop; the data stay. */
  stop: () => Promise<void>
  /** Starts it again on the same port with the same data. */
  restart: () => Promise<void>
  /** Stops it for good and removes its data. */
  remove: () => Promise<void>
}

/**
 * A broker that was killed is taken for alive for so long, and its successor is turned away meanwhile: tests that kill
 * it would wait for nothing.
 */
const SETTINGS = { 'broker.session.timeout.ms': 4_000, 'broker.heartbeat.interval.ms': 500 }

/** Where KAFKA_BROKERS spares a machine the broker's jars, these tests are skipped in the open; in CI they fail. */
const canStart = existsSync(join(import.meta.dirname, '../../deploy/broker/lib'))
export const describeWithOwnBroker: jest.Describe = canStart || process.env.CI ? describe : describe.skip

export const startOwnBroker = async (): Promise<OwnBroker> => {
  const directory = makeTemporaryDirectory('own-broker')
  const port = await findFreePort()
  const start = () => startBroker({ directory, port, shortLived: true, settings: SETTINGS })
  let broker: Broker = await start()
  return {
    brokers: broker.brokers,
    kill: () => void process.kill(broker.pid, 'SIGKILL'),
    stop: () => broker.stop(),
    restart: async () => {
      // Stopping first makes sure that one just killed is gone.
      await broker.stop()
      broker = await start()
    },
    remove: async () => {
      await broker.stop()
      rmSync(directory, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}
