import { copiedText } from '../../../../processors/visits/evidence/copied-text.ts'
import { at, facts, scores } from './facts.ts'

const report =
  '上午10点到王总的工厂，看了新装的两条产线。王总说六月订单比去年多了三成，现金流有点紧，想谈一笔500万的设备贷款。财务李经理在场，问了提前还款的条件。约好下周三带方案再来。'
const other =
  '客户的仓库刚搬到开发区，面积大了一倍。老板娘负责账目，对利率很敏感，手上有两家银行的报价。她要求我们周五前给出书面条件，否则就和隔壁签。'
const english =
  'Met Ms Carter at the plant on 12 May. She showed me the new packaging line and complained about late deliveries. The budget for 2027 is frozen until August, but she wants a pilot for 3 machines. Next step is a quote.'
const written = (visitId: string, text: string, time = '9:00', more = {}) =>
  facts(visitId, { occurredAt: at(time), text, ...more })
const found = (text: string, more = {}, of = report) =>
  scores(copiedText, [written('a', of), written('b', text, '9:00+20', more)])['b']

test.each([
  ['word for word', report, 1],
  ['with other punctuation and width', report.replaceAll('，', ' ').replaceAll('10', '１０'), 1],
  ['with other names and numbers', report.replaceAll('王总', '陈总').replace('500', '320').replace('李', '周'), 0.8],
  ['in another order', report.split('。').reverse().join('。'), 0.9],
  [
    'in traditional characters',
    report.replaceAll('产', '產').replaceAll('设备', '設備').replaceAll('财务', '財務'),
    0.9,
  ],
])('%s', (_, text, least) => expect(found(text)).toBeGreaterThanOrEqual(least))

test('a formula of one’s own about other people and numbers does not count in full', () => {
  const visit = (name: string, count: number) =>
    `Visited ${name} at the clinic. Discussed the new dosage form and ${count} patients. Will order next month.`
  expect(found(visit('Dr Miller', 12), {}, visit('Dr Smith', 40))).toBeLessThan(0.82)
})

test('half of it copied counts less', () => {
  const half = `${report.slice(0, 45)}${other.slice(0, 35)}`
  expect(found(half)).toBeGreaterThan(0.2)
  expect(found(half)).toBeLessThan(0.9)
})

test('in English, with other names and numbers', () => {
  expect(found(english.replace('Ms Carter', 'Mr Dubois').replace('12 May', '3 June'), {}, english)).toBeGreaterThan(
    0.85,
  )
})

test('a different report, and one that is too short to compare, is no copy', () => {
  expect(found(other)).toBeUndefined()
  expect(found('客户不在。', {}, '客户不在。')).toBeUndefined()
})

test('two reports on one meeting are no copies', () => {
  const meeting = { customerId: 'c' }
  const visits = [
    written('a', report, '9:00', meeting),
    written('b', report, '10:00', { ...meeting, salespersonId: 's2' }),
  ]
  expect(scores(copiedText, visits)).toEqual({})
})

test('notes that are continued count little', () => {
  const notes = { customerId: 'c' }
  const visits = [written('a', report, '9:00', notes), written('b', report + other, '9:00+7', notes)]
  expect(scores(copiedText, visits)['b'] ?? 0).toBeLessThan(0.3)
})

test('after half a year it is not compared', () => {
  expect(scores(copiedText, [written('a', report), written('b', report, '9:00+200')])).toEqual({})
})

test('text that many people write is a template', () => {
  const many = ['s1', 's2', 's3', 's4'].map((salespersonId, i) =>
    written(salespersonId, report, `9:00+${i}`, { salespersonId }),
  )
  expect(scores(copiedText, [...many, written('b', report, '9:00+9', { salespersonId: 's5' })])).toEqual({})
})
