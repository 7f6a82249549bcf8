import { rowsForModel } from '../../../../retrainer/training/tables/score-table.ts'
import { tableOf } from '../../../models/table/tables.ts'

const artefact = {
  table: [
    { kind: 'number', column: 'x', style: 'point' },
    { kind: 'date', column: 'day' },
  ],
} as never
const rows = (...cells: readonly (readonly [string, string])[]) =>
  rowsForModel(tableOf(['x', 'day'], ...cells), artefact)

test('new rows in another style are refused with the style of the training rows', () => {
  expect(() => rows(['1,5', ''], ['2,5', ''], ['3,5', ''])).toThrow(
    'None of the 3 cells of x can be read as the training rows were written (numbers, decimal point): "1,5" (row 1).',
  )
  expect(() => rows(['', 'soon'], ['', 'later'], ['', 'never'])).toThrow(
    'of day can be read as the training rows were written (dates)',
  )
})

test('a few bad cells, or all of very few, are missing', () => {
  expect(rows(['1,5', ''], ['2,5', '']).unexpected).toMatchObject([{ column: 'x', kind: 'unread', count: 2 }])
  expect(rows(['1,5', ''], ['2,5', ''], ['3.5', '']).rows[8]).toBe(3.5)
  expect(rows(['', ''], ['', ''], ['', '']).unexpected).toEqual([])
})
