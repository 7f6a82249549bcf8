import fc from 'fast-check'
import type { Compression } from '../../../kafka/client.ts'
import { compressionNumber } from '../../../kafka/records/compression.ts'
import { attributes, layout } from '../../../kafka/records/record-batch-layout.ts'
import { batchHeaders, checkBatch, readRecords } from '../../../kafka/records/record-batch-reader.ts'
import { createRecordBatchWriter } from '../../../kafka/records/record-batch-writer.ts'
import { writeVarint } from '../../../kafka/records/varint.ts'
import { withChecksum } from '../batches.ts'
import { recordsOf } from '../records-of.ts'

/** Returns a batch as a broker delivers it, with the broker’s offset. */
function batchOf(values: readonly string[], baseOffset = 0, compression: Compression = 'none'): Buffer {
  const writer = createRecordBatchWriter()
  values.forEach((value, i) => writer.append(1000 + i, Buffer.from(`k${i}`), Buffer.from(value)))
  const batch = writer.finish(-1n, -1, -1, false, compression)
  batch.writeBigInt64BE(BigInt(baseOffset))
  return batch
}

/** Returns a batch as a buggy or hostile producer could send it: with a correct checksum, but lying content. */
function framed(records: Buffer, recordCount: number, compression: Compression): Buffer {
  const batch = Buffer.concat([batchOf(['x']).subarray(0, layout.records), records])
  batch.writeInt32BE(batch.length - layout.partitionLeaderEpoch, layout.batchLength)
  batch.writeInt16BE(compressionNumber(compression), layout.attributes)
  batch.writeInt32BE(recordCount, layout.recordCount)
  return withChecksum(batch)
}

const headersIn = (bytes: Buffer) => [...batchHeaders(bytes, 'visits-3')]

function readFirst(bytes: Buffer, from = 0) {
  const [header] = headersIn(bytes)
  checkBatch(bytes, header!, 'visits-3')
  return readRecords(bytes, header!, 'visits', 3, from)
}

describe('batches of a response', () => {
  it('come in order, the last one only if the size limit did not truncate it', () => {
    const whole = Buffer.concat([batchOf(['a', 'b'], 10), batchOf(['c'], 12), batchOf(['d'], 13)])
    for (let cut = 0; cut < batchOf(['d']).length; cut++) {
      const offsets = headersIn(whole.subarray(0, whole.length - 1 - cut)).map(({ baseOffset, lastOffset }) => [
        baseOffset,
        lastOffset,
      ])
      expect(offsets).toEqual([
        [10, 11],
        [12, 12],
      ])
    }
  })

  it.each([0, -12, -13, 48, -(2 ** 31)])('a length of %d is no batch, and no endless loop', (length) => {
    const batch = batchOf(['a'])
    batch.writeInt32BE(length, layout.batchLength)
    expect(() => headersIn(batch)).toThrow(expect.objectContaining({ code: 'CORRUPT_MESSAGE' }))
  })

  it('of an older format are named', () => {
    const batch = batchOf(['a'])
    batch[layout.magic] = 1
    expect(() => headersIn(batch)).toThrow(/message format 1/)
  })
})

describe('records of a batch', () => {
  it('begin at the offset that is asked for', () => {
    const batch = batchOf(['a', 'b', 'c'], 10)
    expect(recordsOf(readFirst(batch, 11)!).map(({ offset, timestampMs }) => [offset, timestampMs])).toEqual([
      [11, 1001],
      [12, 1002],
    ])
    expect(readFirst(batch, 13)).toBeUndefined()
  })

  it('have the time of their batch if the broker stamps it', () => {
    const batch = batchOf(['a', 'b'])
    batch.writeInt16BE(attributes.appendTime, layout.attributes)
    batch.writeBigInt64BE(5000n, layout.maxTimestamp)
    expect(recordsOf(readFirst(withChecksum(batch))!).map(({ timestampMs }) => timestampMs)).toEqual([5000, 5000])
  })

  it('one changed bit anywhere under the checksum is noticed', () => {
    const batch = batchOf(['a value that is long enough', 'and another'])
    fc.assert(
      fc.property(fc.integer({ min: layout.checksum, max: batch.length - 1 }), fc.nat(7), (at, bit) => {
        const changed = Buffer.from(batch)
        changed[at]! ^= 1 << bit
        expect(() => checkBatch(changed, headersIn(changed)[0]!, 'visits-3')).toThrow(
          expect.objectContaining({ code: 'CORRUPT_MESSAGE', message: expect.stringContaining('visits-3') as string }),
        )
      }),
    )
  })
})

describe('lying content under a correct checksum', () => {
  const corrupt = expect.objectContaining({
    code: 'CORRUPT_MESSAGE',
    kind: 'fatal',
    message: expect.stringContaining('visits-3') as string,
  }) as Error

  it.each([-1, 3, 1000, 2 ** 31 - 1])('%d records in a batch of two', (recordCount) => {
    const batch = batchOf(['a', 'b'])
    batch.writeInt32BE(recordCount, layout.recordCount)
    expect(() => readFirst(withChecksum(batch))).toThrow(corrupt)
  })

  it.each([
    ['record', 0, [1, -1, -7, 100, 2 ** 31 - 1, -(2 ** 31)]],
    ['key', 4, [3, 100, 2 ** 31 - 1, -(2 ** 31), -2]],
    ['value', 7, [2, 100, 2 ** 31 - 1, -(2 ** 31), -2]],
  ] as const)('the length of a %s', (_name, at, lengths) => {
    const record = batchOf(['a']).subarray(layout.records)
    for (const length of lengths) {
      const written = Buffer.alloc(5)
      const bytes = written.subarray(0, writeVarint(written, 0, length))
      const lying = Buffer.concat([record.subarray(0, at), bytes, record.subarray(at + 1)])
      // If the record itself is longer now, its own length is correct.
      if (at > 0) lying[0] = 2 * (lying.length - 1)
      expect(() => readFirst(framed(lying, 1, 'none'))).toThrow(corrupt)
    }
  })

  it.each(['gzip', 'snappy', 'lz4', 'zstd'] as const)('bytes that are no %s', (compression) => {
    expect(() => readFirst(framed(Buffer.from('no such thing'), 1, compression))).toThrow(corrupt)
  })

  it('an unknown compression requires a newer client', () => {
    const batch = batchOf(['a'])
    batch.writeInt16BE(7, layout.attributes)
    expect(() => readFirst(withChecksum(batch))).toThrow(/unknown method 7/)
  })

  it('for any bytes, reading ends with records within the batch or with an error', () => {
    const batch = batchOf(['one', 'two', 'three'])
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: layout.records, max: batch.length - 1 }), fc.nat(255)), {
          minLength: 1,
          maxLength: 6,
        }),
        (changes) => {
          const changed = Buffer.from(batch)
          for (const [at, byte] of changes) changed[at] = byte
          let read: ReturnType<typeof readFirst>
          try {
            read = readFirst(withChecksum(changed))
          } catch (error) {
            expect(error).toMatchObject({ code: 'CORRUPT_MESSAGE' })
            return
          }
          for (let i = 0; i < (read?.count ?? 0); i++) {
            expect(read!.keyStarts[i]! + read!.keyLengths[i]!).toBeLessThanOrEqual(read!.bytes.length)
            expect(read!.valueStarts[i]! + read!.valueLengths[i]!).toBeLessThanOrEqual(read!.bytes.length)
          }
        },
      ),
      { numRuns: 1000 },
    )
  })
})
