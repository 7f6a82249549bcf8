import type { Posterior } from '../../models/bandit/beta.ts'
import { probabilityBest } from '../../models/bandit/probability-best.ts'
import { DAY_MS, SECOND_MS } from '../../schemas/durations.ts'
import { scriptResults, type ScriptResults } from '../../store/calls/script-results.ts'
import type { ApiPorts } from '../ports.ts'
import { readingTime } from '../reading-time.ts'

/** What came of so many calls changes slowly, and is counted anew in a second or more. */
const KEPT_MS = 30 * SECOND_MS

/** Gives the results of so many days, up to half a minute old: a choice must not wait for the count of all calls. */
export function rememberedResults(ports: ApiPorts): (days: number) => Promise<readonly ScriptResults[]> {
  let kept: { days: number; until: number; results: Promise<readonly ScriptResults[]> } | undefined
  return (days) => {
    const now = performance.now()
    if (kept === undefined || kept.days !== days || kept.until < now) {
      const results = scriptResults(ports.database, new Date(readingTime(ports) - days * DAY_MS))
      const own = { days, until: now + KEPT_MS, results }
      kept = own
      // What failed is asked for again.
      results.catch(() => {
        if (kept === own) kept = undefined
      })
    }
    return kept.results
  }
}

const POSTERIORS_MAX = 1_000

/** Probabilities to be the best. Choices of the same half minute ask for the same ones, and many scripts take long. */
export function rememberedBest(): (posteriors: readonly Posterior[]) => readonly number[] {
  const known = new Map<string, readonly number[]>()
  return (posteriors) => {
    const key = JSON.stringify(posteriors)
    let best = known.get(key)
    if (best === undefined) {
      if (known.size >= POSTERIORS_MAX) known.clear()
      known.set(key, (best = probabilityBest(posteriors)))
    }
    return best
  }
}
