import fc from 'fast-check'
import { lowerCase, phraseFinder } from '../../../models/conversation/phrases.ts'

const find = phraseFinder([
  ['no', 'deny'],
  ['not now', 'wait'],
  ['利率', 'rate'],
  ['利率太高', 'dear'],
])

test('the longest phrase that begins at a place is found, whatever its case', () => {
  expect(find('Not now, NO! 利率太高，利率')).toEqual([
    { phrase: 'not now', meaning: 'wait', start: 0, end: 7 },
    { phrase: 'no', meaning: 'deny', start: 9, end: 11 },
    { phrase: '利率太高', meaning: 'dear', start: 13, end: 17 },
    { phrase: '利率', meaning: 'rate', start: 18, end: 20 },
  ])
})

test('Latin phrases are whole words; Chinese ones stand anywhere', () => {
  expect(find('know nothing, snow')).toEqual([])
  expect(find('低利率的')).toHaveLength(1)
  expect(find('no利率')).toHaveLength(2)
})

test('offsets refer to the original text, whatever letters it contains', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (before) => {
      const text = `${before} 利率`
      expect(lowerCase(text)).toHaveLength(text.length)
      const last = find(text).at(-1)!
      expect(text.slice(last.start, last.end)).toBe('利率')
    }),
  )
  expect(find('İİİ 利率')).toEqual([{ phrase: '利率', meaning: 'rate', start: 4, end: 6 }])
})

test('an empty phrase would be everywhere', () => {
  expect(() => phraseFinder([['', 1]])).toThrow('empty')
})
