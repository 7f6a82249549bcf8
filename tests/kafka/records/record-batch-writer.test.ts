import fc from 'fast-check'
import type { Compression, Header } from '../../../kafka/client.ts'
import { attributes, layout } from '../../../kafka/records/record-batch-layout.ts'
import { batchHeaders, checkBatch, readRecords } from '../../../kafka/records/record-batch-reader.ts'
import { createRecordBatchWriter } from '../../../kafka/records/record-batch-writer.ts'
import { encode, encodeHeader, recordsOf } from '../records-of.ts'

const compressions: readonly Compression[] = ['none', 'gzip', 'snappy', 'lz4', 'zstd']

const bytes = fc.oneof(fc.constant(null), fc.uint8Array({ maxLength: 300 }))
const records = fc.array(
  fc.record({
    timestampMs: fc.integer({ min: -1, max: 4_000_000_000_000 }),
    key: bytes,
    value: bytes,
    headers: fc.option(fc.array(fc.record({ key: fc.string({ unit: 'grapheme' }), value: bytes }), { maxLength: 4 }), {
      nil: undefined,
    }),
  }),
  { minLength: 1, maxLength: 40 },
)

describe('a batch that is written', () => {
  const writer = createRecordBatchWriter()

  it.each(compressions)(
    'reads back as it was, compressed by %s: times before the first one, no keys, no values, headers',
    (compression) => {
      fc.assert(
        fc.property(records, fc.boolean(), (written, transactional) => {
          for (const { timestampMs, key, value, headers } of written) writer.append(timestampMs, key, value, headers)
          expect(writer.count).toBe(written.length)
          const { byteLength } = writer
          const batch = writer.finish(77n, 3, 12, transactional, compression)
          if (compression === 'none') expect(batch.length).toBe(byteLength)

          const [header, ...others] = batchHeaders(batch, 'test-0')
          expect(others).toEqual([])
          checkBatch(batch, header!, 'test-0')
          expect(header).toMatchObject({ start: 0, end: batch.length, lastOffset: written.length - 1, producerId: 77n })
          expect((header!.attributes & attributes.transactional) !== 0).toBe(transactional)
          expect(batch.readInt16BE(layout.producerEpoch)).toBe(3)
          expect(batch.readInt32BE(layout.baseSequence)).toBe(12)
          expect(Number(batch.readBigInt64BE(layout.maxTimestamp))).toBe(
            Math.max(...written.map(({ timestampMs }) => timestampMs)),
          )
          expect(recordsOf(readRecords(batch, header!, 'test', 0, 0)!)).toEqual(
            written.map(({ timestampMs, key, value, headers = [] }, offset) => ({
              offset,
              timestampMs,
              key: encode(key),
              value: encode(value),
              headers: headers.map((one: Header) => encodeHeader(one)),
            })),
          )
        }),
      )
    },
  )

  it('is the same whether key and value are separate or adjacent among other bytes', () => {
    fc.assert(
      fc.property(records, (written) => {
        for (const { timestampMs, key, value } of written) writer.append(timestampMs, key ?? new Uint8Array(), value)
        const alone = writer.finish(1n, 1, 1, true, 'none')
        for (const { timestampMs, key, value } of written) {
          const source = Buffer.concat([
            Buffer.from('xx'),
            key ?? Buffer.alloc(0),
            value ?? Buffer.alloc(0),
            Buffer.from('yy'),
          ])
          const keyEnd = 2 + (key?.length ?? 0)
          writer.appendFrom(timestampMs, source, 2, keyEnd, value === null ? -1 : keyEnd + value.length)
        }
        expect(writer.finish(1n, 1, 1, true, 'none').equals(alone)).toBe(true)
      }),
    )
  })

  it('keeps its bytes while the next one is gathered, and reuses them only once they were returned', () => {
    const full = (content: string) => {
      for (let i = 0; i < 30; i++) writer.append(i, null, Buffer.alloc(40_000, content))
      return writer.finish(-1n, -1, -1, false, 'none')
    }
    const first = full('a')
    const kept = Buffer.from(first)
    const second = full('b')
    expect(first.equals(kept)).toBe(true)
    writer.recycle(first)
    const third = full('c')
    expect(third.buffer).toBe(first.buffer)
    expect(second.subarray(-20).toString()).toContain('bbbb')
  })

  it.each([NaN, Infinity, 1.5, 2 ** 60])('refuses the timestamp %d, and is unchanged', (timestampMs) => {
    writer.append(1, null, null)
    expect(() => writer.append(timestampMs, null, Buffer.from('x'))).toThrow(/timestamp .*: give whole milliseconds/)
    expect(writer.count).toBe(1)
    expect(writer.finish(-1n, -1, -1, false, 'none').length).toBe(layout.records + 7)
  })

  it('grows with each record, and is empty again when finished', () => {
    const large = Buffer.alloc(100_000, 'x')
    for (let i = 0; i < 20; i++) writer.append(i, null, large)
    expect(writer.finish(-1n, -1, -1, false, 'none').length).toBeGreaterThan(2_000_000)
    expect(writer.count).toBe(0)
    expect(writer.byteLength).toBe(layout.records)
  })
})
