import type { Kind, State } from '../processors/processor.ts'
import { KeyRecords, type KindTable, type StagedRecord } from './key-records.ts'
import { kindRange, parseRecordKey, recordKey } from './record-key.ts'
import type { CheckpointMark, Store } from './store.ts'
import { createTimers, type Timers } from './timers.ts'

/** Committed records that the store does not hold yet, by key and then by the rest of the record's key. */
type Unflushed = Map<string, Map<string, Buffer | null>>

export interface TaskStateLimits {
  /** Decoded records kept in memory between transactions. */
  readonly cachedRecordsMax: number
}

/**
 * The state of one task in three layers: what the open transaction staged, what is committed but only in memory and changelog so
 * far, and the store. Reading goes through them in that order; a decoded record stays cached as long as there is room.
 */
export interface TaskState {
  /** The records of a key, valid until the end of the transaction. */
  memory(key: string): State
  readonly timers: Timers
  /** What the transaction has changed so far, each record once. */
  staged(): readonly StagedRecord[]
  /** The transaction is committed: what it staged is the state. */
  commit(): void
  /** The transaction did not happen. */
  rollback(): void
  /** Bytes that only memory and changelog hold. */
  readonly unflushedBytes: number
  /** Writes what is committed to the store, with the changelog offset that it covers. */
  checkpoint(mark: CheckpointMark): void
  /** Keys after `after` in order, each once. */
  keys(after: string | null, limit: number): string[]
}

export function createTaskState(store: Store, kinds: readonly Kind<unknown>[], limits: TaskStateLimits): TaskState {
  const table: KindTable = new Map(kinds.map((kind, index) => [kind.name, index]))
  const cache = new Map<string, KeyRecords>()
  const staged: StagedRecord[] = []
  const touched = new Set<KeyRecords>()
  let unflushed: Unflushed = new Map()
  let unflushedBytes = 0
  let cachedRecords = 0

  const source = {
    read(key: string, kind: string, id: string): Buffer | undefined {
      const waiting = unflushed.get(key)?.get(`${kind}\u0000${id}`)
      if (waiting !== undefined) return waiting ?? undefined
      return store.get(recordKey(key, kind, id))
    },
    *readKind(key: string, kind: string): Iterable<readonly [string, Buffer]> {
      const waiting = unflushed.get(key)
      const prefix = `${kind}\u0000`
      for (const record of store.range(...kindRange(key, kind))) {
        const { id } = parseRecordKey(record.key)
        if (waiting === undefined || !waiting.has(prefix + id)) yield [id, record.value]
      }
      if (waiting === undefined) return
      for (const [name, value] of waiting) if (value !== null && name.startsWith(prefix)) yield [name.slice(prefix.length), value]
    },
  }

  const timers = createTimers(memory)

  function memory(key: string): KeyRecords {
    let records = cache.get(key)
    if (records === undefined) {
      records = new KeyRecords(key, table, source, staged, timers)
      cache.set(key, records)
    }
    touched.add(records)
    return records
  }

  function endTransaction(): void {
    staged.length = 0
    touched.clear()
  }

  /** Forgets the keys that were used longest ago; the bytes of what they held are in the store or wait for it. */
  function trim(): void {
    for (const records of touched) {
      cachedRecords += records.takeGrowth()
      cache.delete(records.key)
      cache.set(records.key, records)
    }
    for (const [key, records] of cache) {
      if (cachedRecords <= limits.cachedRecordsMax) return
      cachedRecords -= records.recordCount
      cache.delete(key)
    }
  }

  return {
    memory,
    timers,
    staged: () => staged,
    commit() {
      for (const record of staged) {
        const value = record.settle()
        let waiting = unflushed.get(record.key)
        if (waiting === undefined) unflushed.set(record.key, (waiting = new Map()))
        const name = `${record.kind}\u0000${record.id}`
        const replaced = waiting.get(name)
        if (replaced === undefined) unflushedBytes += 64 + name.length + record.key.length
        unflushedBytes += (value?.length ?? 0) - (replaced?.length ?? 0)
        waiting.set(name, value)
      }
      trim()
      endTransaction()
    },
    rollback() {
      for (const records of touched) {
        if (cache.delete(records.key)) cachedRecords -= records.recordCount - records.takeGrowth()
      }
      endTransaction()
    },
    get unflushedBytes() {
      return unflushedBytes
    },
    checkpoint(mark) {
      store.checkpoint(flattened(unflushed), mark)
      unflushed = new Map()
      unflushedBytes = 0
    },
    keys(after, limit) {
      const found = new Set<string>()
      // The committed keys that the store does not know yet are few: the distance between two checkpoints.
      const waiting = [...unflushed.keys()].filter((key) => key >= '\u0002' && (after === null || byBytes(key, after) > 0))
      let from = after === null ? Buffer.from('\u0002') : Buffer.from(`${after}\u0001`, 'utf8')
      const end = Buffer.from([0xff])
      while (found.size < limit) {
        const next = store.range(from, end, 1)[Symbol.iterator]().next()
        if (next.done === true) break
        const { key } = parseRecordKey(next.value.key)
        found.add(key)
        from = Buffer.from(`${key}\u0001`, 'utf8')
      }
      for (const key of waiting) found.add(key)
      return [...found].sort(byBytes).slice(0, limit)
    },
  }
}

function* flattened(unflushed: Unflushed): Iterable<readonly [Buffer, Buffer | null]> {
  for (const [key, records] of unflushed) {
    for (const [name, value] of records) yield [Buffer.from(`${key}\u0000${name}`, 'utf8'), value]
  }
}

/** As the store sorts, so that the next page begins where this one ends. */
function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
