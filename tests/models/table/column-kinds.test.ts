import { almostWords, kindOf, namesOf } from '../../../models/table/column-kinds.ts'

const file = { point: true, comma: false, groups: false, given: undefined, commaSeparated: true }
const cells = (...list: readonly (readonly [string, number])[]) => list.map(([cell, count]) => ({ cell, count }))

test('dates that stand for none are asked about', () => {
  const found = kindOf('since', cells(['0001-01-01', 5], ['2024-02-29', 5]), file, {})
  expect(found).toEqual({
    encoding: { kind: 'date', column: 'since' },
    note: 'dates of the year 1 are read as such: are they meant?',
  })
})

test('names are the most frequent first; the rest are one', () => {
  expect(namesOf('city', cells(['b', 1], ['a ', 2], ['a', 1], ['c', 2]), 2)).toEqual({
    encoding: { kind: 'category', column: 'city', categories: ['a', 'c'] },
    note: 'the 1 rarest are one category; spellings that differ by space or as 1 and 1.0 are one category',
  })
})

test('the kind of most cells is returned', () => {
  expect(almostWords(cells(['1', 8], ['x', 2]))[0]).toContain('20 % of its cells are no numbers, "x" for example')
  expect(almostWords(cells(['2026-01-01', 8], ['x', 2]))[0]).toContain('no dates')
  expect(almostWords(cells(['a', 8], ['x', 2]))).toEqual([])
})
