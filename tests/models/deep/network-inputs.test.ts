import { embeddingCode, inputLayout, inputRows } from '../../../models/deep/network-inputs.ts'
import { allRows, fitStandardisation } from '../../../models/linear/standardise.ts'
import { mixedData } from './mixed-data.ts'

const data = mixedData(500, 'binary')
const layout = inputLayout(fitStandardisation(data, allRows(data.count)))

test('numbers that vary, their indicators and categories go in; a constant does not', () => {
  expect(layout.features).toEqual([0, 1, 2, 2])
  // Six codes: four names, other names, and missing; vectors of √4 numbers.
  expect(layout.embeddings).toEqual([{ feature: 3, codes: 6, size: 2 }])
  expect(layout.width).toBe(6)
})

test('vectors are of the root of the number of categories, of 16 numbers at most', () => {
  const sizes = [1, 2, 10, 100, 1000].map((names) => {
    const standardisation = {
      lower: [0],
      upper: [0],
      centre: [0],
      scale: [0],
      indicators: [],
      oneHot: [{ feature: 0, columns: names + 1 }],
    }
    return inputLayout(standardisation).embeddings[0]!.size
  })
  expect(sizes).toEqual([1, 2, 4, 10, 16])
})

test('numbers have mean 0 and deviation 1; a missing one is 0 with its indicator', () => {
  const { numbers } = inputRows(layout, data, allRows(data.count))
  const column = (place: number) => Array.from({ length: data.count }, (_, row) => numbers[row * 4 + place]!)
  for (const place of [0, 1, 2]) {
    const values = column(place)
    expect(values.reduce((sum, value) => sum + value, 0) / data.count).toBeCloseTo(0, 4)
    expect(values.reduce((sum, value) => sum + value ** 2, 0) / data.count).toBeCloseTo(1, 3)
  }
  column(3).forEach((indicator, row) => {
    const missing = Number.isNaN(data.rows[row * data.width + 2]!)
    expect(indicator).toBe(missing ? 1 : 0)
    if (missing) expect(numbers[row * 4 + 2]).toBe(0)
  })
})

test.each([
  [0, 0],
  [3, 3],
  [4, 4],
  [99, 4],
  [-1, 4],
  [-0.5, 4],
  [2.7, 2],
  [Infinity, 4],
  [Number.NaN, 5],
])('the code %d of four categories has vector %d', (value, place) => expect(embeddingCode(value, 6)).toBe(place))

test('if nothing varies, the only input is 0', () => {
  const same = { rows: new Float32Array(10).fill(3), width: 1 }
  const only = inputLayout(fitStandardisation(same, allRows(10)))
  expect(only.width).toBe(1)
  expect([...inputRows(only, same, allRows(2)).numbers]).toEqual([0, 0])
})
