import { setTimeout as delay } from 'node:timers/promises'
import { error, warning, type Check, type Examined, type Finding } from './check.ts'

/** The findings of one check. */
export interface Outcome {
  readonly check: string
  readonly findings: readonly Finding[]
}

/** Longest time of one check. */
const CHECK_MS_MAX = 20_000

/**
 * Runs all checks at the same time, and those that need a connection after the check of it. A check that fails or takes
 * too long is an error of its own.
 */
export async function runChecks(
  checks: readonly Check[],
  examined: Examined,
  timeoutMs = CHECK_MS_MAX,
): Promise<Outcome[]> {
  const outcomes = new Map<string, Promise<readonly Finding[]>>()
  for (const check of checks) {
    const needed = check.needs === undefined ? undefined : outcomes.get(check.needs)
    outcomes.set(check.name, findingsOf(check, needed, examined, timeoutMs))
  }
  return Promise.all([...outcomes].map(async ([check, findings]) => ({ check, findings: await findings })))
}

async function findingsOf(
  { needs, run }: Check,
  needed: Promise<readonly Finding[]> | undefined,
  examined: Examined,
  timeoutMs: number,
): Promise<readonly Finding[]> {
  if ((await needed)?.every(({ status }) => status === 'error') === true)
    return [warning('Not checked.', `First repair what "${needs}" reports, and run this command again.`)]
  const timer = new AbortController()
  const late = delay(timeoutMs, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`The check did not end within ${timeoutMs / 1000} s.`)
  })
  // Handled here too: a check that throws at once is not raced with it.
  late.catch(() => {})
  try {
    return await Promise.race([run(examined), late])
  } catch (thrown) {
    const { message } = thrown as Error
    return [error(message, 'Repair what the message names, and run this command again.')]
  } finally {
    timer.abort()
  }
}
