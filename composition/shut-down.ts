import { setTimeout as delay } from 'node:timers/promises'
import type { Log } from '../streams/log.ts'
import type { RunningServices } from './embedded.ts'
import type { RunningPart } from './running-part.ts'

/** Time-outs, together below the five seconds that people wait after Ctrl-C. */
const PARTS_MS_MAX = 2_500
const SERVICES_MS_MAX = 1_500

/**
 * Stops the parts in the order in which events flow, feeders first, then Kafka and PostgreSQL. A part that does not
 * stop in time is left as after kill -9. Nothing is lost, but the next start takes longer, since state is restored from
 * the changelog.
 */
export async function shutDown(
  parts: readonly RunningPart[],
  services: Pick<RunningServices, 'stop'>,
  log: Log,
  partsMsMax = PARTS_MS_MAX,
): Promise<void> {
  let stopping: RunningPart | undefined
  const stopParts = async () => {
    for (const part of parts.toReversed()) {
      stopping = part
      await part.stop().catch((error: unknown) => log('warn', `${part.name} did not stop cleanly`, { error }))
    }
    stopping = undefined
  }
  const timer = new AbortController()
  await Promise.race([stopParts(), delay(partsMsMax, undefined, { signal: timer.signal }).catch(() => {})])
  timer.abort()
  if (stopping !== undefined)
    log('warn', `${stopping.name} had not stopped after ${partsMsMax / 1_000} s: it is left to the next start.`)
  await services.stop(SERVICES_MS_MAX)
}
