import type { Status } from './check.ts'
import type { Outcome } from './run-checks.ts'

/** Statuses from best to worst. The place of the worst one is the exit code. */
const STATUSES: readonly Status[] = ['ok', 'warning', 'error']

/** Returns 0 if all is well, 1 if there are warnings, 2 if there are errors. */
export function exitCodeOf(outcomes: readonly Outcome[]): number {
  return Math.max(0, ...outcomes.flatMap(({ findings }) => findings.map(({ status }) => STATUSES.indexOf(status))))
}

/** Returns one line for each finding, a line with what to do below it, and a summary. */
export function reportLines(outcomes: readonly Outcome[]): string[] {
  const width = Math.max(...outcomes.map(({ check }) => check.length))
  const lines = outcomes.flatMap(({ check, findings }) =>
    findings.flatMap(({ status, found, advice }) => [
      `${status.padEnd(7)}  ${check.padEnd(width)}  ${found}`,
      ...(advice === undefined ? [] : [`${' '.repeat(width + 11)}→ ${advice}`]),
    ]),
  )
  const all = outcomes.flatMap(({ findings }) => findings)
  const count = (wanted: Status) => all.filter(({ status }) => status === wanted).length
  return [
    ...lines,
    '',
    `${count('ok')} ok, ${counted(count('warning'), 'warning')}, ${counted(count('error'), 'error')}`,
  ]
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
