import type { Memory } from '../processors/processor.ts'
import { seenKind } from './reserved-kinds.ts'

const HOUR_MS = 3_600_000
const ORIGIN_HOURS = 1_000_000_000

/** 53 bits of the id, by two rounds of FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv) from different offsets. */
function hashOf(id: string): number {
  let low = 0x811c9dc5
  let high = 0x27d4eb2f
  for (let index = 0; index < id.length; index++) {
    const unit = id.charCodeAt(index)
    low = Math.imul(low ^ unit, 0x01000193)
    high = Math.imul(high ^ unit, 0x01000193) ^ (low >>> 15)
  }
  return (high & 0x1fffff) * 0x100000000 + (low >>> 0)
}

/**
 * Whether the key has folded an event with that id before; if not, it has now. Ids are remembered by the hour of their event time, which a
 * repeated event shares, for as long as the topic's grace behind the newest hour of the key.
 */
export function seenBefore(records: Memory, topic: string, id: string, occurredAt: number, graceMs: number): boolean {
  const hour = Math.floor(occurredAt / HOUR_MS) + ORIGIN_HOURS
  const name = `${topic}/${hour}`
  const hash = hashOf(id)
  const seen = records.get(seenKind, name)
  if (seen === undefined) {
    forgetBefore(records, topic, graceMs)
    records.put(seenKind, name, Float64Array.of(hash))
    return false
  }
  if (seen.includes(hash)) return true
  const grown = new Float64Array(seen.length + 1)
  grown.set(seen)
  grown[seen.length] = hash
  records.put(seenKind, name, grown)
  return false
}

/** A new hour begins for the key: what lies beyond the grace behind its newest hour is dropped. */
function forgetBefore(records: Memory, topic: string, graceMs: number): void {
  const prefix = `${topic}/`
  const names = [...records.scan(seenKind, prefix)].map(([name]) => name)
  const newest = names.at(-1)
  if (newest === undefined) return
  const oldestKept = Number(newest.slice(prefix.length)) - Math.ceil(graceMs / HOUR_MS) - 1
  for (const name of names) {
    if (Number(name.slice(prefix.length)) >= oldestKept) return
    records.delete(seenKind, name)
  }
}
