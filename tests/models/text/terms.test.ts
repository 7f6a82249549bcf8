import { fitTerms, termReader, termsOf } from '../../../models/text/terms.ts'

test('words, pairs of words and runs of their letters; of Chinese runs of letters, in one text side by side', () => {
  expect([...termsOf('My card')]).toEqual(['my', '<my', 'my>', 'card', 'my card', '<ca', 'car', 'ard', 'rd>'])
  expect([...termsOf('利率LPR高')]).toEqual(['利', '率', '利率', 'lpr', '<lp', 'lpr', 'pr>', '高'])
})

test('a term of one text alone is not known; rows are of length 1 and rare terms weigh more', () => {
  const stored = fitTerms(['高 b', '高 b', '高 c', '高'])
  expect(stored.terms).toEqual(['高', '<b>', 'b'])
  const { starts, columns, values, width } = termReader(stored)(['高 b', 'nothing', '高 高 高'])
  expect(width).toBe(3)
  expect([...starts]).toEqual([0, 3, 3, 4])
  expect([...columns]).toEqual([0, 2, 1, 0])
  expect(values.slice(0, 3).reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 6)
  expect(values[1]!).toBeGreaterThan(values[0]!)
  expect(values[3]).toBeCloseTo(1, 6)
})
