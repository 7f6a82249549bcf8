import { isServable } from '../../../composition/api/online-features.ts'
import { codecOf } from '../../../schemas/avro/codec.ts'
import { customerFeatures } from '../../../schemas/customers/customer-features.ts'
import { releasedRegistry } from '../../../schemas/release/registry.ts'

const codec = codecOf(customerFeatures, releasedRegistry)
const encoded = (occurredAt: number): Buffer =>
  codec.encode({
    ...{ id: 'f', occurredAt, source: 'test', customerId: 'c', featureSet: 'customer@1', timeZone: 'UTC' },
    values: [1, Number.NaN],
  })

test('features that can be read are served, whatever is not known', () => {
  expect(isServable(codec, encoded(Date.UTC(2026, 0)))).toBe(true)
})

test('foreign records do not replace known features', () => {
  const good = encoded(0)
  const cut = good.subarray(0, good.length - 3)
  const otherSchema = Buffer.from(good)
  otherSchema.writeInt32BE(2 ** 31 - 1, 1)
  for (const bytes of [Buffer.alloc(0), Buffer.from('{}'), cut, otherSchema, encoded(1e15)])
    expect(isServable(codec, bytes)).toBe(false)
})
