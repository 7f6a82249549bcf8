import fc from 'fast-check'
import { decodeRun, encodeRun } from '../../../composition/backup/record-run.ts'

const bytes = fc.uint8Array({ maxLength: 40 }).map((content) => Buffer.from(content))
const nullable = fc.option(bytes, { nil: null })
const record = fc.record({
  offset: fc.maxSafeNat(),
  timestampMs: fc.integer({ min: -1, max: 2 ** 52 }),
  key: nullable,
  value: nullable,
  headers: fc.array(fc.record({ key: fc.string({ unit: 'grapheme' }), value: nullable }), { maxLength: 3 }),
})
const run = fc.record({
  producerId: fc.oneof(fc.constant(-1), fc.maxSafeNat()),
  producerEpoch: fc.integer({ min: -1, max: 32_767 }),
  records: fc.array(record, { maxLength: 5 }),
})

test('any records come back as they were', () => {
  fc.assert(fc.property(run, (one) => expect(decodeRun(encodeRun(one))).toEqual(one)))
})
