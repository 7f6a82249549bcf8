import type { RecordBatch } from '../../../kafka/client.ts'
import { headersOf } from '../../../kafka/records/headers.ts'

/** Returns a batch with one record, of which only the headers matter. */
function batchWith(bytes: readonly number[]): RecordBatch {
  const one = Int32Array.of(0)
  return {
    topic: 'visits',
    partition: 3,
    producerId: -1,
    producerEpoch: -1,
    bytes: Buffer.from(bytes),
    count: 1,
    offsets: Float64Array.of(42),
    timestamps: Float64Array.of(0),
    keyStarts: one,
    keyLengths: one,
    valueStarts: one,
    valueLengths: one,
    headerStarts: one,
  }
}

describe('headers of a record', () => {
  it('keep their order, names that occur twice, and values that are null or empty', () => {
    const batch = batchWith([6, 2, 0x61, 4, 1, 2, 2, 0x62, 1, 2, 0x61, 0])
    expect(headersOf(batch, 0)).toEqual([
      { key: 'a', value: Buffer.from([1, 2]) },
      { key: 'b', value: null },
      { key: 'a', value: Buffer.alloc(0) },
    ])
  })

  it.each([
    ['number', [254, 255, 255, 255, 15]],
    ['length of a name', [2, 254, 255, 255, 255, 15, 0x61]],
    ['length of a value', [2, 2, 0x61, 100, 0x62]],
  ])('a %s that lies names its record and allocates nothing', (_what, bytes) => {
    expect(() => headersOf(batchWith(bytes), 0)).toThrow(/visits-3 at offset 42: headers reach beyond their batch/)
  })
})
