import type { Log } from '../streams/log.ts'

const QUIET_MS = 10_000
const KINDS_MAX = 1_000

interface Logged {
  readonly at: number
  readonly leftOut: number
}

/**
 * Rate-limits repeated warnings and errors, with their count: retries must not bury the rest of the log. The same is
 * what differs in numbers only.
 */
export function quietLog(log: Log, now: () => number = () => performance.now()): Log {
  const logged = new Map<string, Logged>()
  return (level, message) => {
    if (level === 'info') return log(level, message)
    const kind = `${level} ${message.replaceAll(/\d+/g, '#')}`
    const last = logged.get(kind)
    if (last !== undefined && now() - last.at < QUIET_MS) {
      logged.set(kind, { at: last.at, leftOut: last.leftOut + 1 })
      return
    }
    if (logged.size >= KINDS_MAX) logged.clear()
    logged.set(kind, { at: now(), leftOut: 0 })
    log(
      level,
      last === undefined || last.leftOut === 0 ? message : `${message} (and ${last.leftOut} more like it before)`,
    )
  }
}
