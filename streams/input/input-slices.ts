import type { Fetcher, RecordBatch } from '../../kafka/client.ts'

/** Consecutive records of one batch, from index `from` (inclusive) to `to` (exclusive). */
export interface PolledRun {
  /** Index of the task's input. */
  readonly input: number
  readonly batch: RecordBatch
  readonly from: number
  readonly to: number
}

/** Consecutive offsets of one input, from `from` (inclusive) to `to` (exclusive). */
export interface InputSlice {
  readonly topic: string
  readonly from: number
  readonly to: number
}

export interface PolledRecords {
  /** Runs in fold order. */
  readonly runs: readonly PolledRun[]
  readonly count: number
  readonly slices: readonly InputSlice[]
  /** Whether records were left over because the transaction reached its limits. */
  readonly full: boolean
}

export interface SliceLimits {
  readonly recordsMax: number
  readonly bytesMax: number
}

/** Polls a task's inputs, oldest record first across all of them. */
export interface InputSlices {
  poll(limits: SliceLimits): PolledRecords
  /** Returns the next offset of each input, to commit with everything polled so far. */
  positions(): readonly { readonly topic: string; readonly offset: number }[]
  /** Returns the lag by the last known end offsets; `undefined` until every input has been fetched once. */
  lag(): number | undefined
  /** Returns when the oldest record that was fetched and not polled was written, in ms; `undefined` if there is none. */
  waitingSince(): number | undefined
}

/** Read position of one input. */
interface Cursor {
  readonly fetcher: Fetcher
  readonly topic: string
  readonly partition: number
  batch: RecordBatch | undefined
  /** Index of the next record in the batch. */
  index: number
  /** Offset after the last record that was polled. */
  next: number
}

/** Size of a record beside its key and value. */
const RECORD_OVERHEAD_BYTES = 32

export function createInputSlices(
  fetcher: Fetcher,
  topics: readonly string[],
  partition: number,
  starts: readonly number[],
): InputSlices {
  const cursors = topics.map((topic, input): Cursor => ({
    fetcher,
    topic,
    partition,
    batch: undefined,
    index: 0,
    next: starts[input]!,
  }))
  return {
    poll: (limits) => poll(cursors, limits),
    positions: () => cursors.map((cursor) => ({ topic: cursor.topic, offset: reached(cursor) })),
    lag() {
      let waiting = 0
      for (const cursor of cursors) {
        const end = fetcher.endOffset(cursor.topic, partition)
        if (end === undefined) return undefined
        waiting += Math.max(0, end - reached(cursor))
      }
      return waiting
    },
    waitingSince() {
      const times = cursors.flatMap((cursor) => head(cursor) ?? [])
      return times.length === 0 ? undefined : Math.min(...times)
    },
  }
}

function poll(cursors: readonly Cursor[], { recordsMax, bytesMax }: SliceLimits): PolledRecords {
  const runs: PolledRun[] = []
  const slices: { topic: string; from: number; to: number }[] = []
  let count = 0
  let bytes = 0
  let next = oldest(cursors)
  for (; next !== undefined && count < recordsMax && bytes < bytesMax; next = oldest(cursors)) {
    const { input, until } = next
    const cursor = cursors[input]!
    const batch = cursor.batch!
    const from = cursor.index
    let index = from
    while (index < batch.count && batch.timestamps[index]! <= until && count < recordsMax && bytes < bytesMax) {
      bytes += batch.valueLengths[index]! + batch.keyLengths[index]! + RECORD_OVERHEAD_BYTES
      count++
      index++
    }
    runs.push({ input, batch, from, to: index })
    const last = slices.at(-1)
    const to = batch.offsets[index - 1]! + 1
    if (last?.topic === cursor.topic) last.to = to
    else slices.push({ topic: cursor.topic, from: cursor.next, to })
    cursor.next = to
    cursor.index = index
  }
  return { runs, count, slices, full: next !== undefined }
}

/** Returns the timestamp of the input's next record, taking the next batch when the current one is used up. */
function head(cursor: Cursor): number | undefined {
  while (cursor.batch === undefined || cursor.index >= cursor.batch.count) {
    cursor.batch = cursor.fetcher.take(cursor.topic, cursor.partition)
    cursor.index = 0
    if (cursor.batch === undefined) return undefined
  }
  return cursor.batch.timestamps[cursor.index]
}

/** Returns the position of the input: with everything polled, after trailing control and aborted records too. */
function reached(cursor: Cursor): number {
  const { fetcher, topic, partition } = cursor
  return Math.max(cursor.next, head(cursor) === undefined ? fetcher.position(topic, partition) : cursor.next)
}

/** Returns the input whose next record is the oldest, and the timestamp up to which it remains the oldest. */
function oldest(cursors: readonly Cursor[]): { readonly input: number; readonly until: number } | undefined {
  let input = -1
  let first = Number.POSITIVE_INFINITY
  let second = Number.POSITIVE_INFINITY
  for (const [index, cursor] of cursors.entries()) {
    const time = head(cursor)
    if (time === undefined) continue
    if (time < first || input === -1) {
      second = first
      first = time
      input = index
    } else if (time < second) second = time
  }
  return input === -1 ? undefined : { input, until: second }
}
