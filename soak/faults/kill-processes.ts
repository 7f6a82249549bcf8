import { setTimeout as delay } from 'node:timers/promises'
import { uniformInteger } from '../../simulator/random.ts'
import { fault } from '../fault.ts'

/** Kills one or several processes at once, up to two times, after random delays. */
export const killProcesses = fault<{
  readonly kills: readonly { readonly members: readonly number[]; readonly afterMs: number }[]
}>({
  name: 'kill',
  purpose: 'kill -9 of processors at random moments, one or several at once',
  plan(next, processes) {
    const kills = Array.from({ length: uniformInteger(next, 1, 2) }, () => ({
      members: Array.from({ length: processes }, (_, index) => index).filter((index) => index === 0 || next() < 0.4),
      afterMs: uniformInteger(next, 100, 1_500),
    }))
    return {
      kills: kills.map(({ members, afterMs }) => ({
        members: members.map((at) => (at + afterMs) % processes),
        afterMs,
      })),
    }
  },
  async inject({ fleet }, { kills }) {
    const done: string[] = []
    for (const { members, afterMs } of kills) {
      await fleet.untilReady()
      await delay(afterMs)
      const killed = members.map((at) => fleet.processors[at]!)
      await Promise.all(killed.map((member) => member.kill()))
      done.push(`${killed.map(({ name }) => name).join(' + ')} after ${afterMs} ms`)
    }
    return `kill -9: ${done.join(', then ')}`
  },
})
