import fc from 'fast-check'
import { batchOfRun } from '../../../composition/archive/archived-batch.ts'
import { runOf } from '../../../composition/backup/record-run.ts'

const bytes = fc.uint8Array({ maxLength: 40 }).map((content) => Buffer.from(content))
const nullable = fc.option(bytes, { nil: null })
const run = fc.record({
  producerId: fc.oneof(fc.constant(-1), fc.maxSafeNat()),
  producerEpoch: fc.integer({ min: -1, max: 32_767 }),
  records: fc
    .array(
      fc.record({
        timestampMs: fc.integer({ min: 0, max: 2 ** 50 }),
        key: nullable,
        value: nullable,
        headers: fc.array(fc.record({ key: fc.string(), value: nullable }), { maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 5 },
    )
    .chain((records) =>
      fc
        .uniqueArray(fc.maxSafeNat(), { minLength: records.length, maxLength: records.length })
        .map((offsets) => offsets.sort((a, b) => a - b).map((offset, index) => ({ offset, ...records[index]! }))),
    ),
})

test('a reader gets from the archive what it got from the broker', () => {
  fc.assert(
    fc.property(run, (one) => {
      const batch = batchOfRun({ topic: 'visits', partition: 2 }, one)!
      expect({ ...runOf(batch, () => true), topic: batch.topic, partition: batch.partition }).toEqual({
        ...one,
        topic: 'visits',
        partition: 2,
      })
    }),
  )
})

test('no records make no batch', () => {
  expect(batchOfRun({ topic: 'a', partition: 0 }, { producerId: 1, producerEpoch: 0, records: [] })).toBeUndefined()
})
