import fc from 'fast-check'
import { sentimentOf } from '../../../models/conversation/sentiment.ts'

test.each([
  ['很好，我很满意', 'positive'],
  ['质量太差了，要退货', 'negative'],
  ['不是很满意', 'negative'],
  ['It is not bad at all', 'positive'],
  ['That is very expensive', 'negative'],
  ['包装不错，但是太差了，很失望', 'negative'],
  ['我想查询一下余额', 'neutral'],
  ['', 'neutral'],
] as const)('%s: %s', (text, polarity) => {
  expect(sentimentOf(text).polarity).toBe(polarity)
})

test('degrees weigh, negation turns, and nothing reaches beyond its clause', () => {
  const scoreOf = (text: string) => sentimentOf(text).score
  expect(scoreOf('非常满意')).toBeGreaterThan(scoreOf('满意'))
  expect(scoreOf('有点贵')).toBeGreaterThan(scoreOf('贵'))
  expect(scoreOf('不，满意')).toBeGreaterThan(0)
  expect(scoreOf('不满')).toBe(0)
})

test('it returns the words that revealed the sentiment', () => {
  expect(sentimentOf('利率太高，不过服务很好').cues).toEqual(['太高', '很好'])
})

test('any text has a score between −1 and 1, and one without words for feelings has 0', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('不', '很', '满意', '太差', '但是', '，', ' good ', 'x', '😀')), (parts) => {
      const { score, cues, polarity } = sentimentOf(parts.join(''))
      expect(Math.abs(score)).toBeLessThanOrEqual(1)
      if (cues.length === 0) expect(score).toBe(0)
      expect(polarity === 'positive').toBe(score >= 0.15)
    }),
  )
})

test('the time for a very long text is proportional to its length', () => {
  expect(sentimentOf('很满意，'.repeat(25_000)).score).toBeGreaterThan(0.9)
})
