import { DAY_MS } from '../../../schemas/durations.ts'
import { countDeadLetters, type DeadLetterCount } from '../../../store/operations/diagnosis.ts'
import { ok, warning, type Check, type Finding } from '../check.ts'

export const deadLetters: Check = {
  name: 'dead letters',
  needs: 'postgres',
  async run({ database, nowMs }) {
    return deadLetterFindings(await countDeadLetters(database(), new Date(nowMs() - DAY_MS)))
  },
}

export function deadLetterFindings(counts: readonly DeadLetterCount[]): Finding[] {
  const recent = counts.filter((one) => one.recent > 0)
  const all = counts.reduce((sum, { count }) => sum + count, 0)
  if (recent.length === 0) return [ok(`No dead letters within a day; ${all} in all.`)]
  return recent.map(({ processor, code, recent: count }) =>
    warning(
      `${count} dead letters of ${processor} within a day: ${code}.`,
      `See \`scoreline dead-letters list --processor ${processor}\`, mend the cause, and replay them.`,
    ),
  )
}
