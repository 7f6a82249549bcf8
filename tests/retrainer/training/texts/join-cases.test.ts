import { joinCases } from '../../../../retrainer/training/texts/join-cases.ts'
import { learningSplits, splitTexts } from '../../../../retrainer/training/texts/text-split.ts'

const rowsOf = (group: string, count: number, day = 1) =>
  Array.from({ length: count }, (_, row) => ({
    text: `${group}${row}`,
    group: `${group}${Math.floor(row / 2)}`,
    at: `2026-01-${String(day + row).padStart(2, '0')}`,
  }))
const fields = { text: 'text', group: 'group', time: 'at' }

test('cases of several files stay apart, whatever their groups are called', () => {
  const { cases, split, rows, placeOf, splitWords } = joinCases(
    { data: rowsOf('a', 8), validation: rowsOf('a', 2), test: rowsOf('a', 4) },
    fields,
    1,
  )
  expect(cases.cases).toHaveLength(7)
  expect(cases.cases.map(({ records }) => records.length)).toEqual([2, 2, 2, 2, 2, 2, 2])
  expect([...split!.train]).toEqual([0, 1, 2, 3, 4])
  expect([...split!.validation!]).toEqual([4])
  expect([...split!.test]).toEqual([5, 6])
  expect([0, 8, 10].map(placeOf)).toEqual(['row 1', 'row 1 of --validation', 'row 1 of --test'])
  expect(rows).toHaveLength(14)
  expect(splitWords).toBe('the cases of a file of their own')
  expect([...cases.newest].map((row) => rows[row]!['text'])).toEqual(['a1', 'a3', 'a5', 'a7', 'a1', 'a1', 'a3'])
})

test('what is validated on is never the test: that is the newest fifth of the others', () => {
  const { split } = joinCases({ data: rowsOf('a', 20), validation: rowsOf('b', 4, 25) }, fields, 1)
  expect([...split!.test]).toEqual([8, 9])
  const { train, learning, validation } = splitTexts(new Float64Array(12), 1, { split })
  expect([...validation]).toEqual([10, 11])
  expect(train).toHaveLength(10)
  expect([...learning]).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
})

test('dates of other files are read as those of the first are written', () => {
  const data = [
    { text: 'x', group: 'x', at: '31.01.2026' },
    { text: 'y', group: 'y', at: '01.02.2026' },
  ]
  const { cases } = joinCases({ data, test: [{ text: 'z', group: 'z', at: '03.02.2026' }] }, fields, 1)
  expect(cases.times[2]).toBe(Date.UTC(2026, 1, 3))
})

test('few cases with times are validated on ever newer folds, and never trained on newer cases', () => {
  const times = Float64Array.from({ length: 100 }, (_, at) => at)
  const labels = Int32Array.from(times, (_, at) => at % 2)
  const split = splitTexts(times, 1)
  const splits = learningSplits(split, times, labels, 1, false)
  expect(splits).toHaveLength(3)
  for (const { learning, validation } of splits) expect(Math.max(...learning)).toBeLessThan(Math.min(...validation))
  expect(splits.at(-1)).toBe(split)
  expect(new Set(splits.flatMap(({ validation }) => [...validation])).size).toBe(48)
  expect(learningSplits(split, times, labels, 1, true)).toEqual([split])
  // A fold with a single class can’t be trained on.
  const late = Int32Array.from(times, (_, at) => (at < 40 ? 0 : at % 2))
  expect(learningSplits(split, times, late, 1, false)).toHaveLength(2)
})

test('few cases without times are each judged by all others', () => {
  const times = new Float64Array(50).fill(Number.NaN)
  const split = splitTexts(times, 1)
  const splits = learningSplits(split, times, times.map((_, at) => at % 2) as unknown as Int32Array, 1, false)
  expect(splits.flatMap(({ validation }) => [...validation]).sort((a, b) => a - b)).toEqual([...split.train])
  for (const { learning, validation } of splits) expect(learning.length + validation.length).toBe(split.train.length)
})
