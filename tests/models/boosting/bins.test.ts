import fc from 'fast-check'
import { BIN_SUMS, binRows, fitBins } from '../../../models/boosting/bins.ts'

const columnOf = (values: readonly number[], categories: readonly string[] | null = null) => ({
  count: values.length,
  width: 1,
  rows: Float32Array.from(values),
  categories: [categories],
})
const binsOf = (values: readonly number[], binsMax: number, unseen = values) => [
  ...binRows(fitBins(columnOf(values), binsMax), columnOf(unseen)).columns,
]

const values = fc.array(
  fc.oneof(
    fc.integer({ min: -5, max: 5 }),
    fc.float({ noNaN: true, noDefaultInfinity: true }),
    fc.constant(Number.NaN),
  ),
  {
    minLength: 1,
    maxLength: 60,
  },
)

test('bins keep the order of values, keep equal ones together, and do not exceed the limit', () => {
  fc.assert(
    fc.property(values, fc.integer({ min: 2, max: 20 }), (list, binsMax) => {
      const floats = list.map((value) => Math.fround(value))
      const bins = binsOf(floats, binsMax)
      floats.forEach((value, i) => {
        expect(bins[i]! === 0).toBe(Number.isNaN(value))
        expect(bins[i]).toBeLessThanOrEqual(binsMax)
        floats.forEach((other, k) => {
          if (value <= other) expect(bins[i]).toBeLessThanOrEqual(bins[k]!)
        })
      })
    }),
  )
})

test('every value has its own bin if there are enough bins', () => {
  expect(binsOf([3, 1, 2, 2, 1, 3], 3)).toEqual([3, 1, 2, 2, 1, 3])
})

test('rows are spread evenly over the bins if there are many values', () => {
  const counts = new Map<number, number>()
  for (const bin of binsOf(
    Array.from({ length: 1000 }, (_, i) => i * i),
    10,
  ))
    counts.set(bin, (counts.get(bin) ?? 0) + 1)
  expect([...counts.values()]).toEqual(Array.from({ length: 10 }, () => 100))
})

test('a value that most rows have gets a bin to itself and leaves the others to the rest', () => {
  const bins = binsOf([...Array.from({ length: 900 }, () => 0), ...Array.from({ length: 100 }, (_, i) => i + 1)], 5)
  expect(new Set(bins).size).toBe(5)
  expect(new Set(bins.slice(0, 900))).toEqual(new Set([1]))
  expect(bins.slice(900)).not.toContain(1)
})

test('an unseen value joins the nearer neighbour, and beyond the ends the end', () => {
  expect(binsOf([1, 2, 10], 5, [-100, 1.4, 1.6, 5.9, 6.1, 1e9])).toEqual([1, 1, 2, 2, 3, 3])
})

test('a category has the bin after its code; any other, and none, is missing', () => {
  const fitted = fitBins(columnOf([0, 1], ['a', 'b']), 255)
  expect(fitted).toEqual([{ count: 4, bounds: null }])
  expect([...binRows(fitted, columnOf([0, 1, 2, 3, -1, Number.NaN])).columns]).toEqual([1, 2, 3, 0, 0, 0])
})

test('bins of a feature begin where those of the previous feature end', () => {
  const data = { count: 2, width: 2, rows: Float32Array.of(1, 5, 2, 6) }
  const binned = binRows(fitBins(data, 255), data)
  expect([...binned.starts]).toEqual([0, 3 * BIN_SUMS, 6 * BIN_SUMS])
  expect([...binned.columns]).toEqual([1, 2, 1, 2])
})
