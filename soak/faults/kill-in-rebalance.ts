import { uniformInteger } from '../../simulator/random.ts'
import { fault } from '../fault.ts'
import { until } from '../until.ts'

export const killInRebalance = fault<{ readonly at: number; readonly passes: number }>({
  name: 'kill-in-rebalance',
  purpose: 'kill -9 while partitions are taken away because another process joins',
  plan: (next, processes) => ({ at: uniformInteger(next, 0, processes - 1), passes: uniformInteger(next, 1, 2) }),
  async inject({ fleet }, { at, passes }) {
    const before = fleet.processors.length
    const member = fleet.processors[at]!
    const ends = member.ends()
    member.order({ kind: 'die', point: 'rebalance', passes, laterMs: 0 })
    // Every join or departure moves partitions; the member dies when its own are revoked for the planned time.
    await fleet.scale(before + 1)
    for (let turn = 0; member.ends() === ends && turn < 6; turn++)
      await fleet.scale(turn % 2 === 0 ? before : before + 1)
    await until(() => member.ends() > ends, { what: `${member.name} to die in a rebalance` })
    return `${before} → ${before + 1} processes, kill -9 of ${member.name} when partitions were taken from it for the time ${passes}`
  },
})
