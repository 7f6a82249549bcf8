import { stockPhrases } from '../../../../processors/visits/evidence/stock-phrases.ts'
import { at, facts, scores } from './facts.ts'

const stock = ['拜访客户', '介绍最新产品', '客户反馈良好', '后续持续跟进', '沟通十分顺利', '客户表示需要考虑']

/** Returns reports on different customers, each of three phrases of the stock, no two of them alike. */
const filled = (count: number, more: Parameters<typeof facts>[1] = {}) =>
  Array.from({ length: count }, (_, i) => {
    const text = [0, 1, 3].map((step) => stock[(i + step) % stock.length]).join('，')
    return facts(`v${i}`, { occurredAt: at(`9:00+${i}`), customerId: `c${i}`, text: `${text}。`, ...more })
  })

test('a report whose phrases were all written for other customers, in other combinations', () => {
  expect(scores(stockPhrases, filled(6))['v5']).toBeGreaterThan(0.7)
})

test('for the same customer, of another person, of few reports or long ago, it is no evidence', () => {
  expect(scores(stockPhrases, filled(6, { customerId: 'c' }))).toEqual({})
  expect(scores(stockPhrases, [...filled(5, { salespersonId: 's2' }), filled(6).at(-1)!])).toEqual({})
  expect(scores(stockPhrases, filled(4))).toEqual({})
  expect(scores(stockPhrases, [...filled(5), { ...filled(6).at(-1)!, at: at('9:00+300') }])).toEqual({})
})

test('one phrase that says something about the customer is enough', () => {
  const told = facts('told', {
    occurredAt: at('9:00+9'),
    customerId: 'c9',
    text: '拜访客户，仓库漏水正在修，沟通十分顺利。',
  })
  expect(scores(stockPhrases, [...filled(6), told])).toEqual({})
})
