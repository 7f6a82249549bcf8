import { openArchive } from '../../../composition/archive/archive.ts'
import { createArchivedFetcher } from '../../../composition/archive/archived-fetcher.ts'
import { batchOfRun } from '../../../composition/archive/archived-batch.ts'
import { writeSegment } from '../../../composition/archive/write-segment.ts'
import { encodeRun } from '../../../composition/backup/record-run.ts'
import type { Fetcher, RecordBatch } from '../../../kafka/client.ts'
import { createMemoryStore } from './memory-store.ts'

const AT = { topic: 'visits', partition: 0 }
const record = (offset: number) => ({
  ...{
    offset,
    timestampMs: offset,
    key: Buffer.from(`c${offset % 3}`),
    value: Buffer.from(String(offset)),
    headers: [],
  },
})
const recordsIn = (start: number, end: number) =>
  Array.from({ length: end - start }, (_, index) => record(start + index))

/** A broker that holds the offsets from `start` to `end`, in batches of two. */
function brokerWith(start: number, end: number): Fetcher {
  let position = 0
  let batches: RecordBatch[] = []
  return {
    assign(_: unknown, from: number | string) {
      position = typeof from === 'number' ? from : start
      if (position < start) throw new Error('OFFSET_OUT_OF_RANGE')
      batches = []
      for (let at = position; at < end; at += 2)
        batches.push(
          batchOfRun(AT, { producerId: 1, producerEpoch: 0, records: recordsIn(at, Math.min(end, at + 2)) })!,
        )
      return Promise.resolve()
    },
    take() {
      const batch = batches.shift()
      if (batch !== undefined) position = batch.offsets[batch.count - 1]! + 1
      return batch
    },
    position: () => position,
    unassign: () => {},
    wait: () => Promise.resolve(),
    close: () => Promise.resolve(),
  } as unknown as Fetcher
}

async function fetcherOf(segments: readonly (readonly [number, number])[], broker: Fetcher, dropped = 'nobody') {
  const store = createMemoryStore()
  for (const [start, end] of segments) {
    const times = { firstAt: start, lastAt: end, takenAt: end, sinceAt: 0, passEnd: end, thinned: false }
    const content = { ...AT, topicId: 'id', start, end, records: end - start, ...times }
    await writeSegment(store, content, [encodeRun({ producerId: 1, producerEpoch: 0, records: recordsIn(start, end) })])
  }
  const archive = await openArchive(store)
  return createArchivedFetcher({
    ...{ broker, archive, rangesOf: (at) => archive.ranges({ ...at, topicId: 'id' }) },
    isDropped: (_, { key }) => String(key) === dropped,
  })
}

async function offsetsOf(fetcher: Fetcher, from: number | 'earliest', end: number): Promise<number[]> {
  await fetcher.assign(AT, from)
  const offsets: number[] = []
  for (;;) {
    const batch = fetcher.take(AT.topic, AT.partition)
    if (batch !== undefined) offsets.push(...batch.offsets)
    else if (fetcher.position(AT.topic, AT.partition) >= end) return offsets
    else await fetcher.wait(1)
  }
}

const numbers = (start: number, end: number) => recordsIn(start, end).map(({ offset }) => offset)

test('goes on at the broker where the archive ends, and reads nothing twice', async () => {
  const fetcher = await fetcherOf(
    [
      [0, 4],
      [4, 7],
    ],
    brokerWith(5, 12),
  )
  expect(await offsetsOf(fetcher, 'earliest', 12)).toEqual(numbers(0, 12))
  expect(await offsetsOf(fetcher, 5, 12)).toEqual(numbers(5, 12))
  expect(await offsetsOf(fetcher, 9, 12)).toEqual(numbers(9, 12))
})

test('reads each record once where two archivers wrote the same', async () => {
  const fetcher = await fetcherOf(
    [
      [0, 4],
      [4, 6],
      [4, 9],
      [6, 8],
    ],
    brokerWith(9, 10),
  )
  expect(await offsetsOf(fetcher, 'earliest', 10)).toEqual(numbers(0, 10))
})

test('leaves records out on both sides, and still reaches the end', async () => {
  const fetcher = await fetcherOf([[0, 4]], brokerWith(4, 10), 'c0')
  expect(await offsetsOf(fetcher, 'earliest', 10)).toEqual(numbers(0, 10).filter((offset) => offset % 3 !== 0))
})

test('names what is lacking', async () => {
  const fetcher = await fetcherOf(
    [
      [0, 4],
      [6, 8],
    ],
    brokerWith(8, 10),
  )
  await expect(offsetsOf(fetcher, 'earliest', 10)).rejects.toThrow('the archive lacks visits-0 from offset 4 to 6')
})
