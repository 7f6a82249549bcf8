import { reportSaysLittle } from '../../../../processors/visits/evidence/report-says-little.ts'
import { facts, scores } from './facts.ts'

const score = (text: string) => scores(reportSaysLittle, [facts('a', { text })])['a']

test('nothing, a word, and enough', () => {
  expect(score('')).toBe(1)
  expect(score('ok.')).toBeGreaterThan(0.9)
  expect(score('客户不在')).toBeGreaterThan(0.5)
  expect(score('客户希望下周看到新的报价方案')).toBeUndefined()
  expect(score('The buyer wants a new quote next week.')).toBeUndefined()
})
test('a missing report is unknown', () => expect(scores(reportSaysLittle, [facts('a')])).toEqual({}))
