import type { Fetcher, RecordBatch } from '../../kafka/client.ts'

/** Records of one batch in a row, from index `from` (inclusive) to `to` (exclusive). */
export interface PolledRun {
  /** Which of the task's inputs. */
  readonly input: number
  readonly batch: RecordBatch
  readonly from: number
  readonly to: number
}

/** Records of one input in a row: from (inclusive) to (exclusive). */
export interface InputSlice {
  readonly topic: string
  readonly from: number
  readonly to: number
}

export interface PolledRecords {
  /** In the order in which they are folded. */
  readonly runs: readonly PolledRun[]
  readonly count: number
  readonly slices: readonly InputSlice[]
  /** More was there than a transaction may take. */
  readonly full: boolean
}

export interface SliceLimits {
  readonly recordsMax: number
  readonly bytesMax: number
}

/** Takes what has come of a task's inputs, oldest first over all of them. */
export interface InputSlices {
  poll(limits: SliceLimits): PolledRecords
  /** The next offset of each input, once everything taken is committed. */
  positions(): readonly { readonly topic: string; readonly offset: number }[]
  /** Records known to wait, by the end offsets seen last; `undefined` before every input was asked once. */
  lag(): number | undefined
}

/** Where one input is read. */
interface Cursor {
  readonly fetcher: Fetcher
  readonly topic: string
  readonly partition: number
  batch: RecordBatch | undefined
  /** Of the next record in the batch. */
  index: number
  /** The offset behind the last record that was taken. */
  next: number
}

/** What a record takes beside its key and value. */
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

/** The timestamp of the input's next record; the next batch is taken up when the last is used up. */
function head(cursor: Cursor): number | undefined {
  while (cursor.batch === undefined || cursor.index >= cursor.batch.count) {
    cursor.batch = cursor.fetcher.take(cursor.topic, cursor.partition)
    cursor.index = 0
    if (cursor.batch === undefined) return undefined
  }
  return cursor.batch.timestamps[cursor.index]
}

/** With nothing left of the input, control records and aborted ones behind the last record are passed too. */
function reached(cursor: Cursor): number {
  const { fetcher, topic, partition } = cursor
  return Math.max(cursor.next, head(cursor) === undefined ? fetcher.position(topic, partition) : cursor.next)
}

/** The input whose next record is the oldest, and the time up to which it stays so. */
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
