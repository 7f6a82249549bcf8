import { pick, uniformInteger } from '../../simulator/random.ts'
import type { FailPoint } from '../../streams/task/fail-point.ts'
import { fault } from '../fault.ts'
import { until } from '../until.ts'

interface Plan {
  readonly at: number
  readonly passes: number
  readonly laterMs: number
}

function killAt(name: string, point: FailPoint, purpose: string) {
  return fault<Plan>({
    name,
    purpose,
    plan: (next, processes) => ({
      at: uniformInteger(next, 0, processes - 1),
      passes: uniformInteger(next, 1, 12),
      // 0 kills at the point itself, the others while the steps after it are under way.
      laterMs: pick(next, [0, 0, 1, 3, 10]),
    }),
    async inject({ fleet }, { at, passes, laterMs }) {
      const member = fleet.processors[at]!
      const ends = member.ends()
      member.order({ kind: 'die', point, passes, laterMs })
      await until(() => member.ends() > ends, { what: `${member.name} to die at ${point}` })
      return `kill -9 of ${member.name} ${laterMs === 0 ? 'at' : `${laterMs} ms after`} \`${point}\`, passed ${passes} times`
    },
  })
}

export const killBeforeCommit = killAt(
  'kill-before-commit',
  'commit',
  'kill -9 between the last record of a transaction and its end',
)
export const killAfterCommit = killAt(
  'kill-after-commit',
  'committed',
  'kill -9 when the broker has committed and the process does not know',
)
export const killBeforeCheckpoint = killAt(
  'kill-before-checkpoint',
  'checkpoint',
  'kill -9 between a commit and the local checkpoint',
)
