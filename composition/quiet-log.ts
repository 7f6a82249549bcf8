import type { Log } from '../streams/log.ts'

const QUIET_MS = 10_000
const KINDS_MAX = 1_000

interface Told {
  readonly at: number
  readonly leftOut: number
}

/**
 * Says the same warning or error once in a while, with how often it came: what is tried again and again must not bury the rest of the log. The same is what
 * differs in numbers only.
 */
export function quietLog(log: Log, now: () => number = () => performance.now()): Log {
  const told = new Map<string, Told>()
  return (level, message) => {
    if (level === 'info') return log(level, message)
    const kind = `${level} ${message.replaceAll(/\d+/g, '#')}`
    const last = told.get(kind)
    if (last !== undefined && now() - last.at < QUIET_MS) {
      told.set(kind, { at: last.at, leftOut: last.leftOut + 1 })
      return
    }
    if (told.size >= KINDS_MAX) told.clear()
    told.set(kind, { at: now(), leftOut: 0 })
    log(level, last === undefined || last.leftOut === 0 ? message : `${message} (and ${last.leftOut} more like it before)`)
  }
}
