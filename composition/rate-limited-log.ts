import type { Log } from '../streams/log.ts'
import { lineOf } from './log-line.ts'

const QUIET_MS = 10_000
const KINDS_MAX = 1_000

interface Logged {
  readonly at: number
  readonly leftOut: number
}

/**
 * Rate-limits repeated warnings and errors, so that retries do not bury the rest of the log. Lines that differ only in
 * numbers count as equal; `suppressed` is the number of equal lines left out before.
 */
export function rateLimitedLog(log: Log, now: () => number = () => performance.now()): Log {
  const logged = new Map<string, Logged>()
  return (level, message, fields) => {
    if (level === 'info') return log(level, message, fields)
    const kind = `${level} ${lineOf(message, fields).replaceAll(/\d+/g, '#')}`
    const last = logged.get(kind)
    if (last !== undefined && now() - last.at < QUIET_MS) {
      logged.set(kind, { at: last.at, leftOut: last.leftOut + 1 })
      return
    }
    if (logged.size >= KINDS_MAX) logged.clear()
    logged.set(kind, { at: now(), leftOut: 0 })
    log(level, message, last === undefined || last.leftOut === 0 ? fields : { ...fields, suppressed: last.leftOut })
  }
}
