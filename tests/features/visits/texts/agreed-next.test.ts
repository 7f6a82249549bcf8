import { agreedNext } from '../../../../features/visits/texts/agreed-next.ts'

test.each([
  ['客户比较感兴趣。已约好周五签约。', '已约好周五签约。'],
  ['谈了利率。下周再约。', '下周再约。'],
  ['客户要求邮件发一份报价。', '客户要求邮件发一份报价。'],
  ['客户约了下次带材料来行里。介绍了手机银行。', '客户约了下次带材料来行里。'],
  [
    'Good talk. Wants an offer for a credit line until Friday. Nice office.',
    'Wants an offer for a credit line until Friday.',
  ],
  ['He asked us to call him back in May.', 'He asked us to call him back in May.'],
  ['Follow-up meeting on Tuesday', 'Follow-up meeting on Tuesday'],
])('%s', (report, agreed) => expect(agreedNext(report)).toBe(agreed))

test.each([
  '客户明确表示不需要。客户说以后不要再来了。',
  '客户约了又改期，诚意不足。',
  '客户暂时没有资金需求，态度冷淡。',
  'The customer was friendly. No need at the moment.',
  'He does not want to be called again next week.',
  '',
])('nothing is agreed in: %s', (report) => expect(agreedNext(report)).toBeNull())

test('a long sentence is shortened, without half a character', () => {
  const agreed = agreedNext(`${'🏦'.repeat(100)}下周再约`)!
  expect([...agreed]).toHaveLength(60)
  expect(agreed.isWellFormed()).toBe(true)
})
