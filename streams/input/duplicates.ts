import type { KeyedState } from '../../processors/processor.ts'
import { HOUR_MS } from '../../schemas/durations.ts'
import { RESERVED_KEY } from '../state/record-key.ts'
import { seenKind } from '../state/reserved-kinds.ts'

/** Keyed state of a task. */
export interface Records {
  keyedState(key: string): KeyedState
}

const ORIGIN_HOURS = 1_000_000_000

/** Maximum ids in a list. Further ids of the same hour go to pages, each a list of its own. */
export const SEEN_LIST_MAX = 32
/** Expired pages deleted per event of a busy key: more than one event can add. */
const FORGOTTEN_PER_EVENT = 2
/** Expired pages deleted when a key begins a new hour: for keys that are no longer busy. */
const FORGOTTEN_PER_HOUR = 64

/**
 * Returns whether the key has folded an event with this id before, and remembers the id. Ids are grouped by the hour of
 * their event time, which a repeated event shares, and kept for the topic's grace period before the newest hour of the
 * key.
 *
 * The first ids of an hour are in one short list, which is enough for most keys. When it is full, further ids go down a
 * tree of pages: the hexadecimal digits of an id are its path, and the first page on it with room takes the id. A full
 * page is never rewritten, so the cost of an event and the size of every record are bounded. Pages have keys of their
 * own, so that those of a busy key need not all stay in memory.
 */
export function seenBefore(
  state: Records,
  records: KeyedState,
  topic: string,
  id: string,
  occurredAt: number,
  graceMs: number,
): boolean {
  const hour = Math.floor(occurredAt / HOUR_MS) + ORIGIN_HOURS
  const name = `${topic}/${hour}`
  const hash = hashOf(id)
  const list = records.get(seenKind, name)
  if (list === undefined) {
    beginHour(state, records, topic, graceMs)
    records.put(seenKind, name, Float64Array.of(hash))
    return false
  }
  if (list.includes(hash)) return true
  if (list.length < SEEN_LIST_MAX) {
    records.put(seenKind, name, grown(list, hash))
    return false
  }
  expirePages(state, records, topic, FORGOTTEN_PER_EVENT)
  if (records.get(seenKind, forgetting(topic, hour)) === undefined)
    return seenInPages(state, records.key, name, id, hash)
  // The event is so late that its hour is about to expire: only the newest few ids are remembered.
  list.copyWithin(0, 1)
  list[list.length - 1] = hash
  records.put(seenKind, name, list)
  return false
}

function seenInPages(state: Records, key: string, name: string, id: string, hash: number): boolean {
  const path = pathOf(id, hash)
  for (let depth = 1; ; depth++) {
    const page = pageOf(state, key, name, path.slice(0, depth))
    const ids = page.get(seenKind, '')
    if (ids?.includes(hash) === true) return true
    // Ids that share the whole path share the hash: the last page on it is never full.
    if (ids !== undefined && ids.length >= SEEN_LIST_MAX) continue
    page.put(seenKind, '', ids === undefined ? Float64Array.of(hash) : grown(ids, hash))
    return false
  }
}

function pageOf(state: Records, key: string, name: string, path: string): KeyedState {
  return state.keyedState(`${RESERVED_KEY}seen/${name}/${key}/${path}`)
}

/** Returns the beginning of the keys of the pages that belong to a list of a key, or to a mark of an expired hour. */
export function pagesOf(key: string, listId: string): string {
  return `${RESERVED_KEY}seen/${listId.replace('/!', '/')}/${key}/`
}

/** Name of the record with the digits of the hour's next page to delete. It sorts before the names of hours. */
function forgetting(topic: string, hour: number): string {
  return `${topic}/!${hour}`
}

/** Starts a new hour for the key, and drops the hours beyond the grace period. */
function beginHour(state: Records, records: KeyedState, topic: string, graceMs: number): void {
  const hourAt = topic.length + 1
  const names: string[] = []
  records.look(seenKind, `${topic}/`, (name) => names.push(name) > 0)
  const hours = names.filter((name) => name[hourAt] !== '!').map((name) => Number(name.slice(hourAt)))
  const oldestKept = hours.length === 0 ? 0 : hours.at(-1)! - Math.ceil(graceMs / HOUR_MS) - 1
  for (const hour of hours) {
    if (hour >= oldestKept) break
    const name = `${topic}/${hour}`
    const isFull = records.get(seenKind, name)!.length >= SEEN_LIST_MAX
    const mark = forgetting(topic, hour)
    if (isFull && records.get(seenKind, mark) === undefined) records.put(seenKind, mark, Float64Array.of(0))
    records.delete(seenKind, name)
  }
  if (hours.length < names.length) expirePages(state, records, topic, FORGOTTEN_PER_HOUR)
}

/** Deletes pages of expired hours, a few at a time: there may be millions. */
function expirePages(state: Records, records: KeyedState, topic: string, count: number): void {
  const prefix = `${topic}/!`
  let left = count
  for (const [mark, digits] of records.scan(seenKind, prefix)) {
    const name = `${topic}/${mark.slice(prefix.length)}`
    let path: string | undefined = Array.from(digits, (digit) => digit.toString(16)).join('')
    for (; path !== undefined && left > 0; left--) {
      const page = pageOf(state, records.key, name, path)
      const wasFull = (page.get(seenKind, '')?.length ?? 0) >= SEEN_LIST_MAX
      page.delete(seenKind, '')
      // A page that was never full has no pages below it.
      path = wasFull ? `${path}0` : nextPath(path)
    }
    if (path === undefined) records.delete(seenKind, mark)
    else
      records.put(
        seenKind,
        mark,
        Float64Array.from(path, (digit) => Number.parseInt(digit, 16)),
      )
    if (left === 0) return
  }
}

/** Returns the path that follows this one and its whole subtree; `undefined` after the last. */
function nextPath(path: string): string | undefined {
  const end = path.search(/f*$/)
  if (end === 0) return undefined
  return path.slice(0, end - 1) + (Number.parseInt(path[end - 1]!, 16) + 1).toString(16)
}

function grown(list: Float64Array, hash: number): Float64Array {
  const longer = new Float64Array(list.length + 1)
  longer.set(list)
  longer[list.length] = hash
  return longer
}

/** 53 bits of the id: FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv) run twice, from different offsets. */
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
 * 32 more bits from another function (the mixer of MurmurHash 3), followed by the hash itself. Two ids are confused
 * only if both hashes are equal and they meet in one page, which does not happen even among many millions of ids in an
 * hour.
 */
function pathOf(id: string, hash: number): string {
  let bits = 0x9e3779b9
  for (let index = 0; index < id.length; index++) {
    bits ^= Math.imul(id.charCodeAt(index), 0xcc9e2d51)
    bits = Math.imul((bits << 13) | (bits >>> 19), 5) + 0xe6546b64
  }
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  bits ^= bits >>> 16
  return (bits >>> 0).toString(16).padStart(8, '0') + hash.toString(16).padStart(14, '0')
}
