import { setTimeout as delay } from 'node:timers/promises'
import { uniformInteger } from '../../simulator/random.ts'
import { fault } from '../fault.ts'

export const stall = fault<{ readonly at: number }>({
  name: 'stall',
  purpose: 'an event loop is blocked for a minute: no heartbeats, no answers read, timers late',
  plan: (next, processes) => ({ at: uniformInteger(next, 0, processes - 1) }),
  async inject({ fleet, stallMs }, { at }) {
    const member = fleet.processors[at]!
    member.order({ kind: 'stall', ms: stallMs })
    await delay(stallMs)
    return `the event loop of ${member.name} was blocked for ${stallMs} ms`
  },
})
