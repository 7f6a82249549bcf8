import fc from 'fast-check'
import { piecesOf } from '../../../../../dashboard/src/visits/cases/marked-text.ts'

const marked = (text: string, ...ranges: [number, number][]) =>
  piecesOf(
    text,
    ranges.map(([from, to]) => ({ from, to })),
  )
    .map((piece) => (piece.isMarked ? `[${piece.text}]` : piece.text))
    .join('')

test.each([
  [
    'apart',
    'abcdef',
    [
      [1, 2],
      [4, 6],
    ],
    'a[b]cd[ef]',
  ],
  [
    'overlapping and out of order',
    'abcdef',
    [
      [3, 5],
      [1, 4],
    ],
    'a[bcde]f',
  ],
  [
    'one in the other',
    'abcdef',
    [
      [0, 6],
      [2, 3],
    ],
    '[abcdef]',
  ],
  [
    'touching',
    'abcdef',
    [
      [1, 3],
      [3, 4],
    ],
    'a[bcd]ef',
  ],
  [
    'empty, and beyond the text',
    'abc',
    [
      [1, 1],
      [2, 9],
      [7, 9],
    ],
    'ab[c]',
  ],
  ['none', 'abc', [], 'abc'],
  ['in the middle of a character of two units', 'a😀b😀c', [[2, 5]], 'a[😀b😀]c'],
] as [string, string, [number, number][], string][])('ranges that are %s', (_, text, ranges, shown) => {
  expect(marked(text, ...ranges)).toBe(shown)
})

test('nothing is lost or duplicated, marks and gaps alternate, and a unit is marked if a range covers it', () => {
  const range = fc.record({ from: fc.nat(24), to: fc.nat(24) })
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), fc.array(range, { maxLength: 6 }), (text, ranges) => {
      const pieces = piecesOf(text, ranges)
      expect(pieces.map((piece) => piece.text).join('')).toBe(text)
      pieces.forEach((piece, place) => {
        expect(piece.text).not.toBe('')
        expect(piece.isMarked).not.toBe(pieces[place - 1]?.isMarked)
      })
      const shown = pieces.flatMap(({ text: part, isMarked }) => Array.from({ length: part.length }, () => isMarked))
      expect(shown).toEqual(
        Array.from({ length: text.length }, (_, at) => ranges.some(({ from, to }) => from <= at && at < to)),
      )
    }),
  )
})

test('a character of two units is never cut', () => {
  const text = fc.string({ unit: 'grapheme-composite', maxLength: 12 })
  fc.assert(
    fc.property(text, fc.nat(24), fc.nat(24), (given, from, to) => {
      for (const { text: part } of piecesOf(given, [{ from, to }])) expect(part.isWellFormed()).toBe(true)
    }),
  )
})
