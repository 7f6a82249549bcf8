import { setTimeout as delay } from 'node:timers/promises'
import { startBroker } from '../deploy/broker.ts'
import { startDatabase } from '../deploy/database.ts'
import { findFreePort } from '../deploy/ports.ts'
import { isRunning, markProcess, waitForEnd } from '../deploy/processes.ts'

/** A server that belongs to the campaign and may be killed. */
export interface Server {
  readonly address: string
  /** Sends kill -9: nothing is flushed, no session is closed. Resolves when the process has ended. */
  kill(): Promise<void>
  /** Starts it again on the same port, with the same data. */
  startAgain(): Promise<void>
  stop(): Promise<void>
}

interface Started {
  readonly address: string
  readonly pid: number
  stop(): Promise<void>
}

/**
 * Shorter than Kafka's defaults: resources of a killed process or broker are released sooner, and more faults fit into
 * an hour.
 */
const SETTINGS = {
  'group.min.session.timeout.ms': 1_000,
  'broker.session.timeout.ms': 5_000,
  'broker.heartbeat.interval.ms': 500,
}

export function startOwnBroker(directory: string): Promise<Server> {
  return startServer(async (port) => {
    const broker = await startBroker({ directory, port, heap: '768m', shortLived: true, settings: SETTINGS })
    return { ...broker, address: broker.brokers[0]! }
  })
}

export function startOwnDatabase(directory: string): Promise<Server> {
  return startServer(async (port) => {
    const database = await startDatabase({ directory, port })
    return { ...database, address: database.url }
  })
}

/** Time for the remains of a killed server to exit, mainly children that have yet to notice. */
const ATTEMPTS = 40
const ATTEMPT_MS = 250

async function startServer(start: (port: number) => Promise<Started>): Promise<Server> {
  const port = await findFreePort()
  let running = await start(port)
  let mark = markProcess(running.pid)
  // The server has its own process group, and must not outlive an interrupted campaign.
  const killWithUs = () => void (mark !== undefined && isRunning(mark) && process.kill(mark.pid, 'SIGKILL'))
  process.once('exit', killWithUs)
  return {
    address: running.address,
    async kill() {
      killWithUs()
      if (mark !== undefined) await waitForEnd(mark, 10_000)
    },
    async startAgain() {
      for (let attempt = 1; ; attempt++) {
        try {
          running = await start(port)
          mark = markProcess(running.pid)
          return
        } catch (error) {
          if (attempt === ATTEMPTS) throw error
          await delay(ATTEMPT_MS)
        }
      }
    },
    async stop() {
      await running.stop()
      process.off('exit', killWithUs)
    },
  }
}
