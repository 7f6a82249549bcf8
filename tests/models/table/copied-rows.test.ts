import type { Dataset } from '../../../models/model.ts'
import { copiedRows } from '../../../models/table/copied-rows.ts'

function dataset(rows: readonly (readonly number[])[]): Dataset {
  const width = rows[0]!.length - 1
  return {
    count: rows.length,
    width,
    rows: Float32Array.from(rows.flatMap((row) => row.slice(0, width))),
    labels: Float64Array.from(rows, (row) => row[width]!),
    texts: [],
    featureNames: Array.from({ length: width }, (_, column) => `c${column}`),
    times: new Float64Array(rows.length),
  } as unknown as Dataset
}
const many = (row: (i: number) => readonly number[], count = 100) =>
  dataset(Array.from({ length: count }, (_, i) => row(i)))

test('test rows that equal training rows in every column are counted', () => {
  const train = many((i) => [i * 1.5, (i * 7) % 31, Number.NaN, i % 2])
  const test = dataset([
    [3, 14, Number.NaN, 0],
    [4.5, 21, Number.NaN, 1],
    [4.5, 21, Number.NaN, 0],
    [7.7, 3, 1, 0],
  ])
  expect(copiedRows(train, test)).toBe(2)
})

test('rows of few different values are the same by chance, and a single copy is no news', () => {
  const few = (i: number) => [i % 2, i % 3, i % 2]
  expect(copiedRows(many(few), many(few, 20))).toBe(0)
  expect(
    copiedRows(
      many((i) => [i * 1.5, i % 2]),
      dataset([
        [3, 0],
        [3.1, 0],
      ]),
    ),
  ).toBe(0)
})
