import { setTimeout as delay } from 'node:timers/promises'
import { uniformInteger } from '../../simulator/random.ts'
import { fault } from '../fault.ts'

export const zombie = fault<{ readonly at: number; readonly beyondMs: number }>({
  name: 'zombie',
  purpose:
    'SIGSTOP for longer than the session’s time-out, then SIGCONT: a former owner wakes up in the middle of its transactions',
  processesMin: 2,
  plan: (next, processes) => ({
    at: uniformInteger(next, 0, processes - 1),
    beyondMs: uniformInteger(next, 1_000, 6_000),
  }),
  async inject({ fleet, stage }, { at, beyondMs }) {
    const frozenMs = stage.context.config.SESSION_TIMEOUT_MS + beyondMs
    const member = fleet.processors[at]!
    member.signal('SIGSTOP')
    await delay(frozenMs)
    member.signal('SIGCONT')
    return `SIGSTOP of ${member.name}, SIGCONT after ${frozenMs} ms`
  },
})
