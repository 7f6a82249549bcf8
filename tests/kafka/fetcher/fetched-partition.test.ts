import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { PartitionResponse } from '../../../kafka/fetcher/fetch-request.ts'
import { createFetchedPartition } from '../../../kafka/fetcher/fetched-partition.ts'
import { attributes, layout } from '../../../kafka/records/record-batch-layout.ts'
import { batchAt, withChecksum } from '../batches.ts'
import { valuesOf } from '../records-of.ts'

const visits = { topic: 'visits', partition: 3 }

function answer(batches: readonly Buffer[], aborted: PartitionResponse['aborted'] = []): PartitionResponse {
  const records = batches.length === 0 ? undefined : Buffer.concat(batches)
  const known = { topicId: '', partition: 3, errorCode: 0, highWatermark: 100, lastStableOffset: 90, logStartOffset: 0 }
  return { ...known, aborted, records }
}

/** Returns a marker of producer 7, or its header alone, which compaction may leave of it. */
function markerAt(offset: number, emptied: boolean): Buffer {
  const batch = batchAt(offset, ['marker'], 7n)
  const kept = emptied ? batch.subarray(0, layout.records) : batch
  kept.writeInt32BE(kept.length - layout.partitionLeaderEpoch, layout.batchLength)
  if (emptied) kept.writeInt32BE(0, layout.recordCount)
  kept.writeInt16BE(attributes.transactional | attributes.control, layout.attributes)
  return withChecksum(kept)
}

describe('a partition that is fetched', () => {
  it('hands out batch after batch; its position is that of the first record not taken', () => {
    const fetched = createFetchedPartition(visits, 11, true)
    expect(fetched.endOffset).toBeUndefined()
    expect(fetched.accept(answer([batchAt(10, ['a', 'b']), batchAt(12, ['c'])]))).toBe(true)
    expect([fetched.position, fetched.fetchOffset, fetched.endOffset]).toEqual([11, 13, 90])
    expect(valuesOf(fetched.take()!)).toEqual(['b'])
    expect(fetched.position).toBe(12)
    expect(valuesOf(fetched.first!)).toEqual(['c'])
    expect(valuesOf(fetched.take()!)).toEqual(['c'])
    expect([fetched.position, fetched.take(), fetched.bufferedBytes]).toEqual([13, undefined, 0])
  })

  it('releases taken batches while more are waiting', async () => {
    const fetched = createFetchedPartition(visits, 10, true)
    fetched.accept(answer([batchAt(10, ['a'])]))
    fetched.accept(answer([batchAt(11, ['b'])]))
    const taken = new WeakRef(fetched.take()!)
    // The target of a new WeakRef is kept alive until the current turn ends.
    await new Promise(setImmediate)
    setFlagsFromString('--expose-gc')
    runInNewContext('gc')()
    expect(taken.deref()).toBeUndefined()
    expect(valuesOf(fetched.take()!)).toEqual(['b'])
  })

  it('moves when the first answer gives the end, and not with each empty one', () => {
    const fetched = createFetchedPartition(visits, 90, true)
    expect(fetched.accept(answer([]))).toBe(true)
    expect(fetched.accept(answer([]))).toBe(false)
  })

  it('passes over offsets that compaction took away, emptied batches among them', () => {
    const fetched = createFetchedPartition(visits, 3, true)
    const emptied = batchAt(20, ['x', 'y']).subarray(0, layout.records)
    emptied.writeInt32BE(emptied.length - layout.partitionLeaderEpoch, layout.batchLength)
    emptied.writeInt32BE(0, layout.recordCount)
    expect(fetched.accept(answer([batchAt(10, ['a']), withChecksum(emptied)]))).toBe(true)
    expect(valuesOf(fetched.take()!)).toEqual(['a'])
    expect(fetched.take()).toBeUndefined()
    expect(fetched.position).toBe(22)
  })

  it.each([false, true])('ends an aborted transaction at its marker, emptied: %s', (emptied) => {
    const fetched = createFetchedPartition(visits, 0, true)
    const aborted = [{ producerId: 7n, firstOffset: 0 }]
    fetched.accept(answer([batchAt(0, ['aborted'], 7n), markerAt(1, emptied), batchAt(2, ['committed'], 7n)], aborted))
    expect(valuesOf(fetched.take()!)).toEqual(['committed'])
    expect(fetched.take()).toBeUndefined()
    expect(fetched.position).toBe(3)
  })

  it('keeps the batches before a damaged one, and fetches that one again', () => {
    const fetched = createFetchedPartition(visits, 0, true)
    const damaged = batchAt(1, ['b'])
    damaged[damaged.length - 2]! ^= 1
    const before = batchAt(0, ['a'])
    expect(() => fetched.accept(answer([before, damaged]))).toThrow(
      expect.objectContaining({ code: 'CORRUPT_MESSAGE', message: expect.stringContaining('visits-3') as string }),
    )
    expect([fetched.fetchOffset, fetched.position, fetched.bufferedBytes]).toEqual([
      1,
      0,
      before.length - layout.records,
    ])
    fetched.accept(answer([before, batchAt(1, ['b'])]))
    expect([valuesOf(fetched.take()!), valuesOf(fetched.take()!)]).toEqual([['a'], ['b']])
    expect(fetched.bufferedBytes).toBe(0)
  })

  it('stays small in memory and in order over many batches', () => {
    const fetched = createFetchedPartition(visits, 0, true)
    const values: string[] = []
    for (let offset = 0; offset < 2000; offset++) {
      fetched.accept(answer([batchAt(offset, [String(offset)])]))
      if (offset % 3 > 0) values.push(...valuesOf(fetched.take()!))
    }
    for (let batch = fetched.take(); batch; batch = fetched.take()) values.push(...valuesOf(batch))
    expect(values).toEqual(Array.from({ length: 2000 }, (_, i) => String(i)))
    expect(fetched.bufferedBytes).toBe(0)
  })
})
