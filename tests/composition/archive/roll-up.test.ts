import fc from 'fast-check'
import { openArchive, rangeAt } from '../../../composition/archive/archive.ts'
import { eraseOnce } from '../../../composition/archive/erase-archive.ts'
import { removeExpired } from '../../../composition/archive/expire.ts'
import type { ObjectStore } from '../../../files/objects/object-store.ts'
import { rollUp } from '../../../composition/archive/roll-up.ts'
import { removeOrphans } from '../../../composition/archive/tidy.ts'
import { writeSegment } from '../../../composition/archive/write-segment.ts'
import { decodeRun, encodeRun } from '../../../composition/backup/record-run.ts'
import { createErasedPersons } from '../../../streams/erasure/erased-persons.ts'
import { createMemoryStore } from './memory-store.ts'

const PARTITION = { topic: 'changelog', topicId: 'id', partition: 0 }
const SEGMENT = 4
const signal = new AbortController().signal

/** Values of keys, one per offset; null: a tombstone. */
type Log = readonly { readonly key: string; readonly value: string | null }[]
const logs = fc.array(
  fc.record({
    key: fc.constantFrom('a', 'b', 'c', 'd'),
    value: fc.option(fc.constantFrom('1', '2', '3'), { nil: null }),
  }),
  { minLength: SEGMENT, maxLength: 40 },
)

/** The record at an offset has the offset as its time. */
async function written(log: Log): Promise<Map<string, Buffer>> {
  const objects = new Map<string, Buffer>()
  const store = createMemoryStore(objects)
  for (let start = 0; start < log.length; start += SEGMENT) {
    const records = log.slice(start, start + SEGMENT).map(({ key, value }, index) => ({
      ...{ offset: start + index, timestampMs: start + index, headers: [] },
      ...{ key: Buffer.from(key), value: value === null ? null : Buffer.from(value) },
    }))
    const end = start + records.length
    const times = { firstAt: start, lastAt: end - 1, takenAt: end - 1, sinceAt: 0, passEnd: end, thinned: false }
    await writeSegment(store, { ...PARTITION, start, end, records: records.length, ...times }, [
      encodeRun({ producerId: 1, producerEpoch: 0, records }),
    ])
  }
  return objects
}

async function read(store: ObjectStore) {
  const archive = await openArchive(store)
  const ranges = archive.ranges(PARTITION)
  const records: { offset: number; key: string; value: string | null }[] = []
  let completeFrom = 0
  for (const range of ranges) {
    const { thinned, passEnd } = await archive.manifest(range)
    if (thinned) completeFrom = Math.max(completeFrom, passEnd)
  }
  for (let position = ranges[0]?.start ?? 0; ;) {
    const range = rangeAt(ranges, position)
    if (range === undefined) return { records, completeFrom, end: position }
    for (const frame of await archive.frames(range))
      for (const { offset, key, value } of decodeRun(frame).records)
        if (offset >= position) records.push({ offset, key: String(key), value: value === null ? null : String(value) })
    position = range.end
  }
}

function stateAt(records: Awaited<ReturnType<typeof read>>['records'], end: number) {
  const state = new Map<string, string>()
  for (const { offset, key, value } of records) {
    if (offset >= end) break
    if (value === null) state.delete(key)
    else state.set(key, value)
  }
  return Object.fromEntries([...state].sort())
}

const recordsOf = (log: Log) => log.map((one, offset) => ({ offset, ...one }))
const rolledUp = async (store: ObjectStore, before: number) => {
  await removeOrphans(store)
  const archive = await openArchive(store)
  return rollUp({ store, archive, partition: PARTITION, before, onceBefore: before, signal })
}

test('rolled up and killed anywhere, the state is right at each offset from which the archive is complete', async () => {
  await fc.assert(
    fc.asyncProperty(logs, fc.nat(40), fc.nat(12), async (log, before, changes) => {
      const objects = await written(log)
      await rolledUp(createMemoryStore(objects, changes), before).catch((error: Error) =>
        expect(error.message).toBe('killed'),
      )
      for (const store of [createMemoryStore(objects), createMemoryStore(objects)]) {
        const { records, completeFrom, end } = await read(store)
        expect(end).toBe(log.length)
        for (let at = completeFrom; at <= end; at++) expect(stateAt(records, at)).toEqual(stateAt(recordsOf(log), at))
        expect(records.filter(({ offset }) => offset >= completeFrom)).toEqual(recordsOf(log).slice(completeFrom))
        await rolledUp(store, before)
      }
    }),
    { numRuns: 200 },
  )
})

test('what is old is rolled up to the last record of each key, without those that were deleted', async () => {
  const log: Log = ['1', '2', '3', null, '4', '5', '6', '7'].map((value, index) => ({
    key: index < 4 ? 'a' : 'b',
    value,
  }))
  const store = createMemoryStore(await written([...log, { key: 'b', value: '8' }]))
  expect(await rolledUp(store, 8)).toBe(2)
  const { records, completeFrom } = await read(store)
  expect(records).toEqual([
    { offset: 7, key: 'b', value: '7' },
    { offset: 8, key: 'b', value: '8' },
  ])
  expect(completeFrom).toBe(8)
  expect(await rolledUp(store, 8)).toBe(0)
})

test('a lacking segment is not rolled up as if nothing were lacking', async () => {
  const objects = await written(Array.from({ length: 16 }, () => ({ key: 'a', value: '1' })))
  for (const name of [...objects.keys()].filter((one) => one.includes('0000000000000004-'))) objects.delete(name)
  await expect(rolledUp(createMemoryStore(objects), 100)).rejects.toThrow('lacks changelog-0 from offset 4 on')
})

test('segments go when their last record is too old, and those after them stay', async () => {
  const objects = await written(Array.from({ length: 12 }, () => ({ key: 'a', value: '1' })))
  const store = createMemoryStore(objects)
  const archive = await openArchive(store)
  expect(await removeExpired(store, archive, { before: 7, isKept: () => true })).toBe(0)
  expect(await removeExpired(store, archive, { before: 7, isKept: () => false })).toBe(1)
  expect((await read(store)).records.map(({ offset }) => offset)).toEqual([4, 5, 6, 7, 8, 9, 10, 11])
  expect(objects.size).toBe(4)
})

test('erased and killed anywhere, nothing of the person is left after the next start, and nothing else is lost', async () => {
  await fc.assert(
    fc.asyncProperty(logs, fc.nat(20), async (log, changes) => {
      const objects = await written(log)
      const erase = async (store: ObjectStore) => {
        await removeOrphans(store)
        const archive = await openArchive(store)
        const isDropped = (_: unknown, { key }: { readonly key: Uint8Array | null }) => String(key) === 'a'
        const erased = { persons: createErasedPersons([]), digests: [], end: 1, isDropped }
        return eraseOnce({ store, archive, erased, now: false, signal })
      }
      await erase(createMemoryStore(objects, changes)).catch((error: Error) => expect(error.message).toBe('killed'))
      await erase(createMemoryStore(objects))
      expect(await erase(createMemoryStore(objects))).toBe(0)
      const { records, end } = await read(createMemoryStore(objects))
      expect(records).toEqual(recordsOf(log).filter(({ key }) => key !== 'a'))
      expect(end).toBe(log.length)
      expect(objects.size).toBe(2 * Math.ceil(log.length / SEGMENT) + 1)
    }),
    { numRuns: 100 },
  )
})
