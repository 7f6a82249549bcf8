import fc from 'fast-check'
import { emptySum, hashOfRecord, runningSum, sameSum } from '../../../streams/state/content-sum.ts'

const hashes = fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }))

function sumOf(list: readonly number[]) {
  const sum = runningSum(emptySum)
  for (const hash of list) sum.add(hash)
  return sum.sum()
}

test('the order does not matter, and a removed record leaves no trace', () => {
  fc.assert(
    fc.property(hashes, hashes, (kept, gone) => {
      const sum = runningSum(sumOf([...gone, ...kept]))
      for (const hash of gone.toReversed()) sum.subtract(hash)
      expect(sum.sum()).toEqual(sumOf(kept.toReversed()))
    }),
  )
})

test('one hash more, less or other shows', () => {
  fc.assert(
    fc.property(hashes, fc.integer(), fc.integer(), (list, one, other) => {
      expect(sameSum(sumOf([...list, one]), sumOf(list))).toBe(false)
      if ((one | 0) !== (other | 0)) expect(sameSum(sumOf([...list, one]), sumOf([...list, other]))).toBe(false)
    }),
  )
})

test('a record’s hash depends on every bit of key and value, and on the boundary between them', () => {
  const seen = new Set<number>()
  const bytes = Buffer.from('customer-17 and what is known of it')
  for (let length = 1; length < bytes.length; length++) {
    for (let bit = -1; bit < 8 * bytes.length; bit++) {
      const changed = Buffer.from(bytes)
      if (bit >= 0) changed[bit >> 3]! ^= 1 << (bit & 7)
      seen.add(hashOfRecord(changed.subarray(0, length), changed.subarray(length)))
    }
  }
  expect(seen.size).toBe((bytes.length - 1) * (8 * bytes.length + 1))
  expect(hashOfRecord(bytes, Buffer.concat([bytes, bytes]), bytes.length)).toBe(hashOfRecord(bytes, bytes))
})
