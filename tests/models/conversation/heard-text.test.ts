import { heardText, unsureWords } from '../../../models/conversation/heard-text.ts'

const heard = (...words: string[]) => words.map((text) => ({ text, confidence: null }))

test('words are separated by spaces if their script has them', () => {
  expect(heardText(heard('too', 'expensive'))).toBe('too expensive')
  expect(heardText(heard('利率', '太高'))).toBe('利率太高')
  expect(heardText(heard('办理', 'ETF', '基金'))).toBe('办理 ETF 基金')
  expect(heardText([])).toBe('')
})

test('a word is unsure if the recognition says so', () => {
  const words = [0.59, 0.6, null, 1].map((confidence) => ({ text: 'a', confidence }))
  expect(unsureWords(words)).toEqual([words[0]])
})
