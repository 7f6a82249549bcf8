import { reportAgainAndAgain } from '../../../../processors/visits/evidence/report-again-and-again.ts'
import { at, facts, scores } from './facts.ts'

const words = (count: number, text: string, customerOf = (i: number) => `c${i}`) =>
  Array.from({ length: count }, (_, i) =>
    facts(`v${i}`, { occurredAt: at(`9:00+${i}`), customerId: customerOf(i), text: `${text}。` }),
  )

test('the same words for six customers', () => {
  expect(scores(reportAgainAndAgain, words(6, '拜访客户，介绍产品，客户反馈良好'))['v5']).toBeGreaterThan(0.6)
})
test('for one customer, in few reports, or each in other words, it is no evidence', () => {
  expect(
    scores(
      reportAgainAndAgain,
      words(6, '拜访客户，介绍产品，客户反馈良好', () => 'c'),
    ),
  ).toEqual({})
  expect(scores(reportAgainAndAgain, words(3, '拜访客户，介绍产品，客户反馈良好'))).toEqual({})
  const different = ['要换旧机器', '仓库漏水在修', '刚结清车贷', '只做出口单', '等合伙人回来', '旺季招人难']
  expect(
    scores(
      reportAgainAndAgain,
      different.map((text, i) => facts(`v${i}`, { occurredAt: at(`9:00+${i}`), text })),
    ),
  ).toEqual({})
})
