/** A broker for one test alone, which may stop, kill and restart it. */
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startBroker, type Broker } from '../../deploy/broker.ts'
import { findFreePort } from '../../deploy/ports.ts'
import { makeTemporaryDirectory } from './test-services.ts'

export type OwnBroker = {
  brokers: string[]
  /** kill -9, as in a power failure: nothing is flushed, and clients get no notice. */
  kill: () => void
  /** Stops it in good order and keeps its data. */
  stop: () => Promise<void>
  /** Starts it again on the same port with the same data. */
  restart: () => Promise<void>
  /** Stops it for good and removes its data. */
  remove: () => Promise<void>
}

/**
 * A killed broker counts as alive for this long, and its restarted process is rejected meanwhile, so a short session
 * saves waiting.
 */
const SETTINGS = { 'broker.session.timeout.ms': 4_000, 'broker.heartbeat.interval.ms': 500 }

/** Where KAFKA_BROKERS makes the broker’s jars unnecessary, these tests are skipped visibly; in CI they fail. */
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
      // Stopping first ensures that a process that was just killed is gone.
      await broker.stop()
      broker = await start()
    },
    remove: async () => {
      await broker.stop()
      rmSync(directory, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}
