import { joinWords, uncertainWords } from '../../../models/conversation/recognised-words.ts'

const heard = (...words: string[]) => words.map((text) => ({ text, confidence: null }))

test('words have spaces between them where their script has', () => {
  expect(joinWords(heard('too', 'expensive'))).toBe('too expensive')
  expect(joinWords(heard('利率', '太高'))).toBe('利率太高')
  expect(joinWords(heard('办理', 'ETF', '基金'))).toBe('办理 ETF 基金')
  expect(joinWords([])).toBe('')
})

test('a word is unsure if the recognition says so', () => {
  const words = [0.59, 0.6, null, 1].map((confidence) => ({ text: 'a', confidence }))
  expect(uncertainWords(words)).toEqual([words[0]])
})
