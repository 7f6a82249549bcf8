import { isBroken, knownCells } from '../../../models/table/known-cells.ts'
import { tableOf } from './tables.ts'

test.each(['#DIV/0!', '#REF!', '#WERT!', '#NAME?', '#NV', '#####', '0000-00-00'])('%s is an error', (cell) =>
  expect(isBroken(cell)).toBe(true),
)

test.each(['#1', 'no. #5', '#late', '5'])('%s is none', (cell) => expect(isBroken(cell)).toBe(false))

test('known cells are counted over the given rows', () => {
  const [column] = tableOf(['x'], ['1'], ['#REF!'], ['NA'], ['1'], ['2']).columns
  expect(knownCells(column!, Int32Array.of(0, 1, 2, 3))).toEqual([{ cell: '1', count: 2 }])
})
