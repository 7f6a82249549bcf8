import { contextColumns, contextWidth, fitContext } from '../../../models/intent/context-columns.ts'

const data = { count: 20, width: 2, rows: new Float32Array(20 * 2) }
for (let row = 0; row < 20; row++) data.rows.set([row, row % 10 === 0 ? Number.NaN : 7_000 + (row % 2)], 2 * row)

test('numbers are standardised, codes become separate columns, and unknown values are marked', () => {
  const layout = fitContext(data, [false, true])
  expect(layout.codes).toEqual([null, [7_001, 7_000]])
  const columns = contextColumns(layout, { count: 2, width: 2, rows: Float32Array.of(9.5, 7_000, Number.NaN, 12) })
  const width = contextWidth(layout)
  const [first, second] = [[...columns.slice(0, width)], [...columns.slice(width)]]
  expect(first.filter((value) => value !== 0)).toEqual([1])
  expect(second.filter((value) => value !== 0)).toEqual([1])
  expect(first).not.toEqual(second)
})
