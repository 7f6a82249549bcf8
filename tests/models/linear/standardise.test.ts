import {
  allRows,
  contributions,
  designNames,
  designOf,
  designWidth,
  featuresOfColumns,
  fitStandardisation,
  linearPredictor,
} from '../../../models/linear/standardise.ts'

const table = (width: number, ...rows: readonly (readonly number[])[]) => ({
  width,
  rows: Float32Array.from(rows.flat()),
})
const { NaN: unknown, POSITIVE_INFINITY: infinite } = Number

describe('standardise', () => {
  const data = table(4, [1, 5, unknown, unknown], [3, 5, 10, unknown], [5, 5, 20, unknown])
  const fitted = fitStandardisation(data, allRows(3))

  it('brings columns to mean 0 and deviation 1, unknown values to 0 with an indicator, constant and unknown columns to 0', () => {
    const { columns, width, count } = designOf(fitted, data, allRows(3))
    expect([width, count]).toEqual([5, 3])
    expect(designWidth(fitted)).toBe(5)
    const column = (j: number) => [...columns.subarray(3 * j, 3 * j + 3)]
    const deviation = Math.sqrt(8 / 3)
    column(0).forEach((value, i) => expect(value).toBeCloseTo([-2, 0, 2][i]! / deviation, 12))
    expect(column(1)).toEqual([0, 0, 0])
    // The unknown value is imputed with the mean, 15, so the standard deviation is that of 15, 10, 20.
    column(2).forEach((value, i) => expect(value).toBeCloseTo([0, -5, 5][i]! / Math.sqrt(50 / 3), 12))
    expect(column(3)).toEqual([0, 0, 0])
    expect(fitted.indicators).toEqual([2])
    expect(column(4)).toEqual([1, 0, 0])
  })

  it('is fitted on the chosen rows alone', () => {
    expect(fitStandardisation(data, Int32Array.of(1, 2))).toMatchObject({ centre: [4, 5, 15, 0], indicators: [] })
  })

  it('weighs a row as its design would be', () => {
    const coefficients = [2, 100, -1, 100, 7]
    const { columns, width, count } = designOf(fitted, data, allRows(3))
    for (let row = 0; row < count; row++) {
      let sum = 0
      for (let j = 0; j < width; j++) sum += coefficients[j]! * columns[j * count + row]!
      expect(linearPredictor(fitted, coefficients, data.rows, row * 4)).toBeCloseTo(sum, 12)
    }
  })

  it('draws outliers in to the quantiles of the training rows', () => {
    const values = Array.from({ length: 2001 }, (_, i) => [i === 0 ? 1e9 : i])
    const wide = fitStandardisation(table(1, ...values), allRows(2001))
    expect(wide.lower).toEqual([3])
    expect(wide.upper).toEqual([1999])
    const score = (value: number) => linearPredictor(wide, [1], Float32Array.of(value), 0)
    expect(score(1e9)).toBe(score(1999))
    expect(score(infinite)).toBe(score(1999))
    expect(score(-infinite)).toBe(score(3))
  })

  it('keeps the few rows that differ at all', () => {
    const rare = Array.from({ length: 5000 }, (_, i) => [i === 17 ? 1 : 0])
    const fitted = fitStandardisation(table(1, ...rare), allRows(5000))
    expect(linearPredictor(fitted, [1], Float32Array.of(1), 0)).toBeGreaterThan(50)
  })

  it('does not let an infinite value of a training row spoil the column', () => {
    const fitted = fitStandardisation(table(1, [1], [3], [infinite]), allRows(3))
    expect(fitted.upper).toEqual([3])
    expect(Number.isFinite(linearPredictor(fitted, [1], Float32Array.of(2), 0))).toBe(true)
  })
})

describe('categories', () => {
  const data = {
    ...table(2, [0, 1], [1, 2], [2, unknown], [7, 4]),
    categories: [['red', 'green'], null],
  }
  const fitted = fitStandardisation(data, allRows(4))

  it('have a column each, and one for any other', () => {
    const { columns, width } = designOf(fitted, data, allRows(4))
    expect(width).toBe(6)
    expect(designNames(fitted, ['colour', 'size'], data.categories)).toEqual([
      'colour',
      'size',
      'size is missing',
      'colour = red',
      'colour = green',
      'colour = any other',
    ])
    expect(featuresOfColumns(fitted)).toEqual([0, 1, 1, 0, 0, 0])
    expect([0, 3, 4, 5].map((column) => [...columns.subarray(4 * column, 4 * column + 4)])).toEqual([
      [0, 0, 0, 0],
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 1],
    ])
  })

  it('weigh as their design does, by feature and in all; a missing one weighs nothing', () => {
    const coefficients = [100, 2, 3, 5, 7, 11]
    const { columns, width, count } = designOf(fitted, data, allRows(4))
    const into = new Float64Array(2)
    for (let row = 0; row < count; row++) {
      let sum = 0
      for (let j = 0; j < width; j++) sum += coefficients[j]! * columns[j * count + row]!
      expect(linearPredictor(fitted, coefficients, data.rows, row * 2)).toBeCloseTo(sum, 12)
      contributions(fitted, coefficients, data.rows.subarray(row * 2, row * 2 + 2), into)
      expect(into[0]! + into[1]!).toBeCloseTo(sum, 12)
    }
    expect(linearPredictor(fitted, coefficients, Float32Array.of(unknown, fitted.centre[1]!), 0)).toBeCloseTo(0, 5)
  })
})

test('outliers may be defined by the quartiles, or not at all', () => {
  const values = Array.from({ length: 101 }, (_, i) => [i === 100 ? 1e6 : i])
  const all = allRows(101)
  expect(fitStandardisation(table(1, ...values), all, { by: 'quartiles', reach: 1.5 })).toMatchObject({
    lower: [0],
    upper: [150],
  })
  expect(fitStandardisation(table(1, ...values), all, { by: 'none' })).toMatchObject({ lower: [0], upper: [1e6] })
})
