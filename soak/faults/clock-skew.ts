import { setTimeout as delay } from 'node:timers/promises'
import { uniformInteger } from '../../simulator/random.ts'
import { fault } from '../fault.ts'

/** A broker rejects records more than an hour ahead (`message.timestamp.after.max.ms`). */
const SKEW_MINUTES_MAX = 45

export const clockSkew = fault<{ readonly minutes: readonly number[]; readonly killed: number }>({
  name: 'clock-skew',
  purpose: 'wall clocks of the processes up to 90 minutes apart, jumping, and tasks changing hands between them',
  processesMin: 2,
  plan: (next, processes) => ({
    minutes: Array.from({ length: processes }, () => uniformInteger(next, -SKEW_MINUTES_MAX, SKEW_MINUTES_MAX)),
    killed: uniformInteger(next, 0, processes - 1),
  }),
  async inject({ fleet }, { minutes, killed }) {
    minutes.forEach((skew, at) => fleet.processors[at]!.order({ kind: 'skew', ms: 60_000 * skew }))
    await delay(2_000)
    // Its tasks continue under other clocks, and it restarts with a correct one.
    const member = fleet.processors[killed]!
    await member.kill()
    return `clocks set off by ${minutes.map((skew) => `${skew} min`).join(', ')}; then kill -9 of ${member.name}`
  },
})
