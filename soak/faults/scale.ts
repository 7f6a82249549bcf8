import { setTimeout as delay } from 'node:timers/promises'
import { uniformInteger } from '../../simulator/random.ts'
import { fault } from '../fault.ts'

export const scale = fault<{ readonly counts: readonly number[]; readonly pauseMs: number }>({
  name: 'scale',
  purpose: 'processes 1 → 4 → 2 under load',
  plan: (next) => ({ counts: [1, 4, 2], pauseMs: uniformInteger(next, 500, 2_500) }),
  async inject({ fleet }, { counts, pauseMs }) {
    for (const count of counts) {
      await fleet.scale(count)
      await delay(pauseMs)
    }
    return `${counts.join(' → ')} processes, ${pauseMs} ms apart`
  },
})
