import { serverFacts } from '../../../store/operations/diagnosis.ts'
import type { Check } from '../check.ts'
import { skewFinding } from '../skew.ts'

export const postgresClock: Check = {
  name: 'postgres clock',
  needs: 'postgres',
  async run({ database, nowMs }) {
    const beforeMs = nowMs()
    const { nowMs: otherMs } = await serverFacts(database())
    return [skewFinding('PostgreSQL', { otherMs, beforeMs, afterMs: nowMs() })]
  },
}
