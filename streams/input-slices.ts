import type { Fetcher, RecordBatch } from '../kafka/client.ts'

/** One record to fold, by its place in its batch. */
export interface TakenRecord {
  readonly input: number
  readonly batch: RecordBatch
  readonly index: number
}

/** Records of one input in a row: from (inclusive) to (exclusive). */
export interface InputSlice {
  readonly topic: string
  readonly from: number
  readonly to: number
}

export interface Taken {
  readonly records: readonly TakenRecord[]
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
  take(limits: SliceLimits): Taken
  /** The next offset of each input, once everything taken is committed. */
  positions(): readonly { readonly topic: string; readonly offset: number }[]
  /** Records known to wait, by the end offsets seen last; `undefined` before every input was asked once. */
  lag(): number | undefined
}

interface Cursor {
  readonly topic: string
  batch: RecordBatch | undefined
  index: number
  next: number
}

export function createInputSlices(
  fetcher: Fetcher,
  topics: readonly string[],
  partition: number,
  starts: readonly number[],
): InputSlices {
  const cursors: Cursor[] = topics.map((topic, input) => ({ topic, batch: undefined, index: 0, next: starts[input]! }))

  /** The timestamp of the input's next record; the next batch is taken up when the last is used up. */
  function head(cursor: Cursor): number | undefined {
    while (cursor.batch === undefined || cursor.index >= cursor.batch.count) {
      cursor.batch = fetcher.take(cursor.topic, partition)
      cursor.index = 0
      if (cursor.batch === undefined) return undefined
    }
    return cursor.batch.timestamps[cursor.index]
  }

  /** With nothing left of the input, control records and aborted ones behind the last record are passed too. */
  function reached(cursor: Cursor): number {
    return Math.max(cursor.next, head(cursor) === undefined ? fetcher.position(cursor.topic, partition) : cursor.next)
  }

  function oldest(): { readonly input: number; readonly until: number } | undefined {
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

  return {
    take({ recordsMax, bytesMax }) {
      const records: TakenRecord[] = []
      const slices: { topic: string; from: number; to: number }[] = []
      let bytes = 0
      for (;;) {
        const next = oldest()
        if (next === undefined) break
        const cursor = cursors[next.input]!
        const last = slices.at(-1)
        const slice = last?.topic === cursor.topic ? last : { topic: cursor.topic, from: cursor.next, to: cursor.next }
        if (slice !== last) slices.push(slice)
        for (let time = head(cursor); time !== undefined && time <= next.until; time = head(cursor)) {
          if (records.length >= recordsMax || bytes >= bytesMax) return { records, slices, full: true }
          const batch = cursor.batch!
          records.push({ input: next.input, batch, index: cursor.index })
          bytes += batch.valueLengths[cursor.index]! + batch.keyLengths[cursor.index]! + 32
          cursor.next = slice.to = batch.offsets[cursor.index]! + 1
          cursor.index++
        }
      }
      return { records, slices, full: false }
    },
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
