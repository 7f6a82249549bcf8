import type { Posterior } from '../../models/bandit/beta.ts'
import { probabilityBest } from '../../models/bandit/probability-best.ts'
import { DAY_MS, SECOND_MS } from '../../schemas/durations.ts'
import { scriptResults, type ScriptResults } from '../../store/calls/script-results.ts'
import type { ApiPorts } from '../ports.ts'
import { currentTime } from '../current-time.ts'

/** Cache time: results change slowly, and counting them takes a second or more. */
const CACHE_MS = 30 * SECOND_MS

/**
 * Returns a cached reader of script results, up to `CACHE_MS` old: a choice must not wait until all calls are counted.
 */
export function cachedResults(
  ports: Pick<ApiPorts, 'database' | 'simulatedClock'>,
): (days: number) => Promise<readonly ScriptResults[]> {
  let kept: { days: number; until: number; results: Promise<readonly ScriptResults[]> } | undefined
  return (days) => {
    const now = performance.now()
    if (kept === undefined || kept.days !== days || kept.until < now) {
      const results = scriptResults(ports.database, new Date(currentTime(ports) - days * DAY_MS))
      const own = { days, until: now + CACHE_MS, results }
      kept = own
      // A failed read is not cached.
      results.catch(() => {
        if (kept === own) kept = undefined
      })
    }
    return kept.results
  }
}

const POSTERIORS_MAX = 1_000

/**
 * Memoises `probabilityBest`: choices within the same cache period have the same posteriors, and the computation is
 * slow for many scripts.
 */
export function cachedBest(): (posteriors: readonly Posterior[]) => readonly number[] {
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
