import type { KeyedState } from '../../processors/processor.ts'
import { HOUR_MS } from '../../schemas/durations.ts'
import { RESERVED_KEY } from '../state/record-key.ts'
import { dueHourKind, dueKind, timerKind } from '../state/reserved-kinds.ts'

const HOURS_KEY = `${RESERVED_KEY}due-hours`
/** Offset that keeps times before 1970 positive, so that their digits sort as the times do. */
const ORIGIN_MS = 8_640_000_000_000_000

export interface DueTimer {
  readonly key: string
  readonly name: string
  readonly at: number
}

const hourOf = (at: number) => String(Math.floor((at + ORIGIN_MS) / HOUR_MS)).padStart(12, '0')
const digitsOf = (at: number) => String(at + ORIGIN_MS).padStart(17, '0')
const dueKey = (hour: string) => `${RESERVED_KEY}due/${hour}`

/**
 * Timers as state records: each is stored under its key and in the list of its hour, so that due timers are found
 * without reading the others.
 */
export interface Timers {
  set(records: KeyedState, name: string, at: number): void
  clear(records: KeyedState, name: string): void
  /** Removes and returns up to `limit` timers that are due at `now`, in order of time. */
  takeDue(now: number, limit: number): DueTimer[]
}

export function createTimers(keyedState: (key: string) => KeyedState): Timers {
  function clear(records: KeyedState, name: string): void {
    const at = records.get(timerKind, name)?.[0]
    if (at === undefined) return
    records.delete(timerKind, name)
    const hour = hourOf(at)
    const due = keyedState(dueKey(hour))
    due.delete(dueKind, `${digitsOf(at)}/${records.key}\u0000${name}`)
    const empty = due.scan(dueKind)[Symbol.iterator]().next().done === true
    if (empty) keyedState(HOURS_KEY).delete(dueHourKind, hour)
  }

  return {
    set(records, name, at) {
      clear(records, name)
      records.put(timerKind, name, Float64Array.of(at))
      const hour = hourOf(at)
      keyedState(HOURS_KEY).put(dueHourKind, hour, Float64Array.of(at))
      keyedState(dueKey(hour)).put(dueKind, `${digitsOf(at)}/${records.key}\u0000${name}`, Float64Array.of(at))
    },
    clear,
    takeDue(now, limit) {
      const taken: DueTimer[] = []
      const lastHour = hourOf(now)
      for (const [hour] of keyedState(HOURS_KEY).scan(dueHourKind)) {
        if (hour > lastHour || taken.length >= limit) break
        for (const [id, at] of keyedState(dueKey(hour)).scan(dueKind)) {
          if (at[0]! > now || taken.length >= limit) break
          const split = id.indexOf('\u0000')
          taken.push({ key: id.slice(id.indexOf('/') + 1, split), name: id.slice(split + 1), at: at[0]! })
        }
      }
      for (const { key, name } of taken) clear(keyedState(key), name)
      return taken
    },
  }
}
