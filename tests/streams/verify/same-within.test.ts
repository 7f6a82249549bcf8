import fc from 'fast-check'
import { sameWithin } from '../../../streams/verify/same-within.ts'

const value = {
  id: 'a',
  probability: 0.5,
  row: [1, Number.NaN, -0],
  text: null,
  inner: { list: [{ at: 1 }] },
  bytes: Buffer.of(1, 2),
}

test('numbers may differ by the tolerance, wherever they stand, and nothing else may', () => {
  const near = { ...value, probability: 0.5 + 9e-7, inner: { list: [{ at: 1 - 9e-7 }] } }
  expect(sameWithin(value, near, 1e-6)).toBe(true)
  expect(sameWithin(value, near, 1e-7)).toBe(false)
  expect(sameWithin(value, { ...value, id: 'b' }, 1)).toBe(false)
  expect(sameWithin(value, { ...value, text: '' }, 1)).toBe(false)
  expect(sameWithin(value, { ...value, text: undefined }, 1)).toBe(false)
  expect(sameWithin(value, { ...value, row: [1, Number.NaN] }, 1)).toBe(false)
  expect(sameWithin(value, { ...value, row: [1, 0, 0] }, 1e-6)).toBe(false)
  expect(sameWithin(value, { ...value, bytes: Buffer.of(1, 9) }, 1e-6)).toBe(false)
  const less = Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'text'))
  expect(sameWithin(value, less, 1)).toBe(false)
  expect(sameWithin(less, value, 1)).toBe(false)
})

test('anything is the same as its copy', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      expect(sameWithin(json, structuredClone(json), 0)).toBe(true)
    }),
  )
})
