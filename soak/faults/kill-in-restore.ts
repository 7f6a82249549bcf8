import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { uniformInteger } from '../../simulator/random.ts'
import { fault } from '../fault.ts'
import { until } from '../until.ts'

export const killInRestore = fault<{ readonly at: number; readonly passes: number; readonly wiped: boolean }>({
  name: 'kill-in-restore',
  purpose: 'kill -9 while tasks restore their state, some from nothing',
  plan: (next, processes) => ({
    at: uniformInteger(next, 0, processes - 1),
    passes: uniformInteger(next, 1, 2),
    wiped: next() < 0.5,
  }),
  async inject({ fleet }, { at, passes, wiped }) {
    const member = fleet.processors[at]!
    member.hold()
    await member.kill()
    if (wiped) rmSync(join(member.directory, 'state'), { recursive: true, force: true })
    const ends = member.ends()
    member.release([{ kind: 'die', point: 'restore', passes, laterMs: 0 }])
    await until(() => member.ends() > ends, { what: `${member.name} to die at restore ${passes}` })
    return `kill -9 of ${member.name}${wiped ? ', its state removed' : ''}, and again at restore ${passes} of its next life`
  },
})
