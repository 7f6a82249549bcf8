import fc from 'fast-check'
import { piecesOf } from '../../../api/telephony/jambonz/pieces.ts'
import { cutOf, playedUntil, speakingMs, spokenWithin } from '../../../api/telephony/spoken-text.ts'

const part = (partId: string, text: string) => ({ partId, text, required: false })
const say = [part('a', 'Good morning.'), part('b', 'We offer  three percent.'), part('c', '您好，请问。')]

test.each([
  ['', { partId: 'a', spoken: '' }],
  ['Good mor', { partId: 'a', spoken: 'Good mor' }],
  ['Good morning. We offer three', { partId: 'b', spoken: 'We offer three' }],
  ['We offer three', { partId: 'b', spoken: 'We offer three' }],
  ['Good morning. We offer three percent. 您好', { partId: 'c', spoken: '您好' }],
  ['something else', { partId: 'a', spoken: '' }],
])('after %j was played, the caller interrupted %j', (spoken, cut) => {
  expect(cutOf({ say }, spoken)).toEqual(cut)
})

test('an empty prompt can’t be interrupted', () => expect(cutOf({ say: [] }, '')).toBeUndefined())

test('the played text is never more than the time allows, and ends with a whole word', () => {
  expect(spokenWithin('We offer three percent.', 900)).toBe('We offer')
  expect(spokenWithin('您好，请问。', 600)).toBe('您好')
  expect(cutOf({ say }, playedUntil({ say }, 'b', 900))).toEqual({ partId: 'b', spoken: 'We offer' })
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20_000), (text, ms) => {
      const spoken = spokenWithin(text, ms)
      expect(text.startsWith(spoken)).toBe(true)
      expect(speakingMs(spoken)).toBeLessThanOrEqual(ms + 1)
    }),
  )
})

test('a long text is split without loss into pieces of at most 2000 characters', () => {
  const word = fc.constantFrom('word', 'end.', '句子。', '😀', 'x'.repeat(2_500), '😀'.repeat(1_100))
  fc.assert(
    fc.property(fc.array(word, { maxLength: 1_500 }), (words) => {
      const text = words.join(' ')
      const pieces = piecesOf(text)
      expect(pieces.every((piece) => piece.length <= 2_000 && piece.isWellFormed())).toBe(true)
      expect(pieces.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''))
    }),
    { numRuns: 30 },
  )
})
