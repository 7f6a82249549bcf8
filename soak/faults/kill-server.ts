import { setTimeout as delay } from 'node:timers/promises'
import { uniformInteger } from '../../simulator/random.ts'
import { fault, type Fault, type FaultTarget } from '../fault.ts'
import type { Server } from '../server.ts'

function killServer(
  name: string,
  what: string,
  serverOf: (scene: FaultTarget) => Server,
  only: Pick<Fault, 'brokers'> = {},
) {
  return fault<{ readonly downMs: number }>({
    name,
    ...only,
    purpose: `kill -9 of ${what}, and its start with the same data`,
    plan: (next) => ({ downMs: uniformInteger(next, 0, 6_000) }),
    async inject(scene, { downMs }) {
      const server = serverOf(scene)
      await server.kill()
      await delay(downMs)
      await server.startAgain()
      return `kill -9 of ${what}, started again after ${downMs} ms`
    },
  })
}

export const killBroker = killServer('broker', 'the only broker', ({ stage }) => stage.broker!, { brokers: 1 })
export const killDatabase = killServer('database', 'PostgreSQL', ({ stage }) => stage.database)

export const killSink = fault<{ readonly afterMs: readonly number[] }>({
  name: 'sink',
  purpose: 'kill -9 of the sink at random moments',
  plan: (next) => ({ afterMs: Array.from({ length: 2 }, () => uniformInteger(next, 50, 1_500)) }),
  async inject({ fleet }, { afterMs }) {
    for (const moment of afterMs) {
      await fleet.untilReady()
      await delay(moment)
      await fleet.sink.kill()
    }
    return `kill -9 of the sink, ${afterMs.map((moment) => `${moment} ms`).join(', ')} after each start`
  },
})
