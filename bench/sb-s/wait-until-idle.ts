import { cpus } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'

const LOOK_MS = 500
const BUSY_SHARE_MAX = 0.1

/** Waits, up to a limit, until the machine is idle, so that earlier work doesn't slow the next job. */
export async function waitUntilIdle(patienceMs: number): Promise<void> {
  const giveUpAt = performance.now() + patienceMs
  for (let before = times(); performance.now() < giveUpAt;) {
    await delay(LOOK_MS)
    const now = times()
    const busy = 1 - (now.idle - before.idle) / (now.total - before.total)
    if (busy <= BUSY_SHARE_MAX) return
    before = now
  }
}

/** Returns the CPU times of all cores since the machine started, in ms. */
function times(): { readonly idle: number; readonly total: number } {
  let idle = 0
  let total = 0
  for (const { times: core } of cpus()) {
    idle += core.idle
    total += core.user + core.nice + core.sys + core.irq + core.idle
  }
  return { idle, total }
}
