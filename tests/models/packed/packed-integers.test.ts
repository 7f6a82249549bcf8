import fc from 'fast-check'
import { packIntegers, unpackIntegers } from '../../../models/packed/packed-integers.ts'

test('whole numbers come back as they were', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 65_535 })), (values) => {
      expect([...unpackIntegers(packIntegers(values), values.length)]).toEqual(values)
    }),
  )
  expect(unpackIntegers(packIntegers(new Uint16Array(20_000).fill(513)), 20_000).at(-1)).toBe(513)
})

test('numbers out of range, and texts of another length, are refused', () => {
  expect(() => packIntegers([-1])).toThrow("-1 can't be packed")
  expect(() => packIntegers([65_536])).toThrow("65536 can't be packed")
  expect(() => unpackIntegers(packIntegers([1, 2]), 3)).toThrow('3 packed numbers take 6 bytes, and there are 4.')
})
