import { dwellTooShort } from '../../../../processors/visits/evidence/dwell-too-short.ts'
import { at, facts, scores } from './facts.ts'

const long =
  '客户详细介绍了明年的扩产计划，准备在六月份引进两条新的生产线，希望我们提供三年期的设备融资方案并尽快报价。'
const stay = (until: string, text: string) =>
  scores(dwellTooShort, [facts('a', { occurredAt: at('9:00'), checkInAt: at('9:00'), checkOutAt: at(until), text })])

test('a long talk in a minute', () => expect(stay('9:01', long)['a']).toBeGreaterThan(0.8))
test('a few words in four minutes are fine', () => expect(stay('9:04', '送资料')).toEqual({}))
test('half an hour is fine', () => expect(stay('9:30', long)).toEqual({}))
test('both buttons at one moment say nothing, nor a check-out before the check-in', () => {
  expect(stay('9:00', long)).toEqual({})
  expect(stay('8:00', long)).toEqual({})
})
