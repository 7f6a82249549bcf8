import { intentTextsOf } from '../../../../retrainer/training/intents/intent-texts.ts'
import { contextOf, contextRows, unparsedContextNote } from '../../../../retrainer/training/intents/contexts.ts'

const rowsWith = (values: readonly unknown[]) =>
  values.map((calls, row) => ({ text: `text ${row}`, intent: row % 2 === 0 ? 'a' : 'b', context: { calls } }))
const fields = { text: 'text', target: 'intent', context: 'context' }
const older = Int32Array.from({ length: 12 }, (_, row) => row)

test('a name among the newest numbers of a context is missing, and makes its column no other', () => {
  const rows = rowsWith([...older, '#DIV/0!', 'many', 3])
  const { isCode, rows: numbers, unparsedContexts } = intentTextsOf(rows, fields, older)
  expect(isCode).toEqual([false])
  expect([...numbers]).toEqual([...older, Number.NaN, Number.NaN, 3])
  expect(unparsedContexts).toEqual([{ name: 'calls', count: 2, example: '#DIV/0!', row: 12 }])
  expect(unparsedContextNote(unparsedContexts[0]!)).toBe(
    '2 values of the context’s calls, which is a number, can\'t be read as one and count as missing: "#DIV/0!" (row 13).',
  )
})

test('a column of names stays one, and a number in it is a name like any other', () => {
  const names = Array.from(older, (row) => (row % 5 === 0 ? 7 : `c${row % 3}`))
  const { isCode, rows: numbers } = intentTextsOf(rowsWith([...names, '7', 7]), fields, older)
  expect(isCode).toEqual([true])
  expect(numbers[12]).toBe(numbers[13])
  expect(numbers[0]).toBe(numbers[12])
})

test('a context that only newer rows have is not a column', () => {
  const rows = rowsWith(Array.from(older)).map((row, at) => (at < 10 ? row : { ...row, context: { late: 1 } }))
  expect(intentTextsOf(rows, fields, older.subarray(0, 10)).names).toEqual(['calls'])
})

test('absent values are missing', () => {
  const contexts = ['', 'n/a', null, 5].map((calls) => contextOf({ calls }, 'context', 'row 1'))
  const { rows, unparsedContexts } = contextRows(contexts, { names: ['calls'], isCode: [false] })
  expect([...rows]).toEqual([Number.NaN, Number.NaN, Number.NaN, 5])
  expect(unparsedContexts).toEqual([])
})
