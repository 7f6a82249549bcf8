import { fitTerms, termReader, termsOf } from '../../../models/text/terms.ts'

test('words and pairs of words; of Chinese runs of letters, in one text side by side', () => {
  expect([...termsOf('The Card, the card')]).toEqual(['the', 'card', 'the card', 'the', 'card the', 'card', 'the card'])
  expect([...termsOf('利率LPR高')]).toEqual(['利', '率', '利率', 'lpr', '高'])
})

test('a term of one text alone is not known; rows are of length 1 and rare terms weigh more', () => {
  const stored = fitTerms(['a b', 'a b', 'a c', 'a'])
  expect(stored.terms).toEqual(['a', 'a b', 'b'])
  const { starts, columns, values, width } = termReader(stored)(['a b', 'nothing', 'A a a'])
  expect(width).toBe(3)
  expect([...starts]).toEqual([0, 3, 3, 4])
  expect([...columns]).toEqual([0, 2, 1, 0])
  expect(values.slice(0, 3).reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 6)
  expect(values[1]!).toBeGreaterThan(values[0]!)
  expect(values[3]).toBeCloseTo(1, 6)
})
