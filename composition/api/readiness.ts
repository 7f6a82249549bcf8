import { setTimeout as delay } from 'node:timers/promises'
import type { Readiness } from '../../api/ports.ts'
import { troubleOf, type RunningPart } from '../running-part.ts'

/** An external service that must respond, and how to ask it. */
export interface Dependency {
  readonly part: 'kafka' | 'postgres'
  /** Rejects if the service does not work. A string result is a warning. */
  probe(): Promise<unknown>
}

const ANSWER_MS_MAX = 2_000

/** Returns the readiness of the dependencies, asked concurrently, and of the parts of this process. */
export async function readinessOf(
  dependencies: readonly Dependency[],
  parts: readonly RunningPart[],
): Promise<readonly Readiness[]> {
  const asked = await Promise.all(dependencies.map(probeInTime))
  const own = parts.map((part) => {
    const trouble = troubleOf(part)
    return { part: part.name, ready: trouble === undefined, reason: trouble ?? null, warning: part.warning?.() ?? null }
  })
  const starting = { part: 'start', ready: false, reason: 'The parts of this process are being started.' }
  return [...asked, ...(parts.length === 0 ? [starting] : own)]
}

async function probeInTime({ part, probe }: Dependency): Promise<Readiness> {
  const timer = new AbortController()
  try {
    const late = delay(ANSWER_MS_MAX, undefined, { signal: timer.signal }).then(() => {
      throw new Error(`It did not answer within ${ANSWER_MS_MAX / 1000} s.`)
    })
    const answer = await Promise.race([probe(), late])
    return { part, ready: true, reason: null, warning: typeof answer === 'string' ? answer : null }
  } catch (error) {
    return { part, ready: false, reason: (error as Error).message }
  } finally {
    timer.abort()
  }
}
