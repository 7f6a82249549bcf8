import fc from 'fast-check'
import { keyPhrasesOf } from '../../../models/conversation/key-phrases.ts'

test('runs of words between stop words and punctuation, the longest and most frequent first', () => {
  expect(
    keyPhrasesOf('I already have a Credit Card with another bank, and the annual fee is too expensive', 2),
  ).toEqual(['credit card', 'another bank'])
  expect(keyPhrasesOf('我觉得贷款利率太高，手续费更低', 1)).toEqual(['贷款利率太高'])
})

test('a phrase is listed once, and text without content has none', () => {
  expect(keyPhrasesOf('credit card. credit card!', 5)).toEqual(['credit card'])
  expect(keyPhrasesOf('那么你是谁？', 5)).toEqual([])
  expect(keyPhrasesOf('', 5)).toEqual([])
})

test('never more than asked for, each of them in the text, for any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 0, max: 4 }), (text, most) => {
      const phrases = keyPhrasesOf(text, most)
      expect(phrases.length).toBeLessThanOrEqual(most)
      for (const phrase of phrases) expect(text.toLowerCase()).toContain(phrase)
    }),
  )
})
