import fc from 'fast-check'
import { unitHash, valueCode, valueId } from '../../features/string-hash.ts'

test('hashes of short names are evenly spread, in high bits and low', () => {
  const bins = new Array<number>(256).fill(0)
  const lowBins = new Array<number>(256).fill(0)
  const count = 51_200
  for (let n = 0; n < count; n++) {
    const hash = unitHash(`m${n}`)
    bins[Math.floor(hash * 256)]!++
    lowBins[Math.floor(hash * 2 ** 20) % 256]!++
  }
  const chiSquare = (observed: readonly number[]) =>
    observed.reduce((sum, each) => sum + (each - count / 256) ** 2 / (count / 256), 0)
  // Chi-square with 255 degrees of freedom: the 99.99 % quantile is 347.
  expect(chiSquare(bins)).toBeLessThan(347)
  expect(chiSquare(lowBins)).toBeLessThan(347)
})

test('the hash is in [0, 1), deterministic, and distinguishes strings', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      expect(unitHash(a) >= 0 && unitHash(a) < 1).toBe(true)
      expect(unitHash(a) === unitHash(b)).toBe(a === b)
    }),
  )
})

test('ids of values are the values, or short and without zero bytes', () => {
  expect(valueId('餐饮')).toBe('餐饮')
  const long = 'x'.repeat(500)
  expect(valueId(long).length).toBeLessThanOrEqual(120)
  expect(valueId(long)).not.toBe(valueId(`${long}y`))
  expect(valueId('a\u0000b')).not.toContain('\u0000')
  expect(valueId('a\u0000b')).not.toBe(valueId('a b'))
})

test('ids that are cut within a character are the same text after a round trip through bytes', () => {
  for (const value of ['🏦'.repeat(100), `a${'🏦'.repeat(100)}`])
    expect(Buffer.from(valueId(value)).toString()).toBe(valueId(value))
})

test('codes of values are whole, exact as Float32, the same for the same value', () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      const code = valueCode(value)
      expect(Math.fround(code)).toBe(code)
      expect(Number.isInteger(code) && code >= 1 && code <= 2 ** 22).toBe(true)
      expect(valueCode(value)).toBe(code)
    }),
  )
  const codes = Array.from({ length: 1_000 }, (_, index) => valueCode(`intent ${index}`))
  expect(new Set(codes).size).toBeGreaterThan(998)
})
