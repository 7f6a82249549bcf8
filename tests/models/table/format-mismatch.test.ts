import type { ColumnEncoding } from '../../../models/table/column-encoding.ts'
import { rejectFormatMismatch } from '../../../models/table/format-mismatch.ts'
import { tableOf } from './tables.ts'

const point: ColumnEncoding = { kind: 'number', column: 'x', style: 'point' }
const day: ColumnEncoding = { kind: 'date', column: 'x', order: 'dmy' }
const refuse = (encoding: ColumnEncoding, ...cells: readonly string[]) =>
  rejectFormatMismatch(tableOf(['x'], ...cells.map((cell) => [cell])), Int32Array.from(cells.keys()), [encoding])

test.each<readonly [string, ColumnEncoding, readonly string[], string]>([
  ['no cell that can be read', point, ['1,5', '2,5', '3,5'], 'None of the 3 cells of x can be read'],
  [
    'thousands among decimals with a comma',
    point,
    ['768', '1.208', '235,23', '519,13'],
    '"1.208" (row 2) is written with a decimal comma',
  ],
  [
    'decimals with a comma among whole numbers',
    point,
    ['1,5', '2', '3,5', '4,5'],
    '"1,5" (row 1) is written with a decimal comma',
  ],
  [
    'thousands where all were whole',
    { ...point, whole: true },
    ['20.850'],
    '"20.850" (row 1) may be a decimal number or a large whole one',
  ],
  [
    'months first',
    day,
    ['03/04/2026', '12/25/2026'],
    '"12/25/2026" (row 2) has the day and the month in the other order',
  ],
  ['no date', day, ['soon', 'later', 'never'], 'as the training rows were written (dates with the day first)'],
])('refused: %s', (_, encoding, cells, message) => expect(() => refuse(encoding, ...cells)).toThrow(message))

test.each<readonly [string, ColumnEncoding, readonly string[]]>([
  ['decimals where all were whole', { ...point, whole: true }, ['20.5', '20.850']],
  ['one bad cell', point, ['1.5', '2,5', '3.5']],
  ['very few cells, all bad', point, ['1,5', '2,5']],
  ['the same order', day, ['03/04/2026', '25/12/2026', '12/25/2026']],
  ['stand-ins', { ...point, standIns: ['k.A.'] }, ['k.A.', 'k.A.', 'k.A.']],
  ['missing cells', point, ['', 'NA', '']],
])('not refused: %s', (_, encoding, cells) => expect(() => refuse(encoding, ...cells)).not.toThrow())
