import { DAY_MS } from '../../schemas/durations.ts'
import { gapsSince } from '../../store/operations/gaps.ts'
import { sinkAsOf } from '../../store/operations/sink-progress.ts'
import type { ApiPorts } from '../ports.ts'
import type { Server } from '../http/server.ts'

/** How fresh the database is. */
export interface Freshness {
  /** Everything published up to this time is in the database; `undefined` if unknown. */
  readonly sinkAsOf: Date | undefined
  /** Records that were deleted before they were read, in the last `GAPS_DAYS` days. */
  readonly gaps: { readonly count: number; readonly offsets: number }
}

const AS_OF_HEADER = 'scoreline-as-of'
const AGE_HEADER = 'scoreline-age-seconds'
const CACHE_MS = 1_000
const PREVIOUS_MS_MAX = 3_000
export const GAPS_DAYS = 7
/** Tags of routes whose answers come from what the sink has written. */
const SINK_TAGS = new Set(['calls', 'customers', 'sales', 'scores'])

/**
 * Returns a cached reader of the database's freshness that queries at most once a second. While a query runs, callers
 * get the previous result if it is less than `PREVIOUS_MS_MAX` old, so that requests don't wait.
 */
export function createFreshness({ database }: Pick<ApiPorts, 'database'>): () => Promise<Freshness> {
  let latest: { readonly at: number; readonly freshness: Promise<Freshness> } | undefined
  let previous: { readonly at: number; readonly freshness: Freshness } | undefined

  async function queryFreshness(): Promise<Freshness> {
    const [asOf, gaps] = await Promise.all([
      sinkAsOf(database),
      gapsSince(database, new Date(Date.now() - GAPS_DAYS * DAY_MS)),
    ])
    return { sinkAsOf: asOf, gaps }
  }

  return () => {
    const now = performance.now()
    if (latest === undefined || now - latest.at > CACHE_MS) {
      latest = { at: now, freshness: queryFreshness() }
      latest.freshness.then(
        (freshness) => (previous = { at: now, freshness }),
        () => (latest = undefined),
      )
    }
    return previous !== undefined && now - previous.at < PREVIOUS_MS_MAX
      ? Promise.resolve(previous.freshness)
      : latest.freshness
  }
}

/** Returns the age in whole seconds, at least 0 although the clocks of this host and the sink's may differ. */
export function ageSeconds(asOf: Date | number): number {
  return Math.max(0, Math.round((Date.now() - Number(asOf)) / 1_000))
}

/** Adds headers with the age of the data to every answer from the database, unless the age is unknown. */
export function addFreshnessHeaders(server: Server, freshness: () => Promise<Freshness>): void {
  server.addHook('onSend', async (request, reply, payload) => {
    const tags = request.routeOptions.schema?.tags ?? []
    if (!tags.some((tag) => SINK_TAGS.has(tag)) || reply.statusCode >= 400) return payload
    const asOf = (await freshness().catch(() => undefined))?.sinkAsOf
    if (asOf !== undefined)
      void reply.header(AS_OF_HEADER, asOf.toISOString()).header(AGE_HEADER, String(ageSeconds(asOf)))
    return payload
  })
}
