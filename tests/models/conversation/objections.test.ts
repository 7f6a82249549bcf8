import { objectionOf } from '../../../models/conversation/objections.ts'

test.each([
  ['你们的利率太高了', 'price'],
  ["I don't need another card", 'need'],
  ['现在不方便，改天吧', 'timing'],
  ['这是骗子吧', 'trust'],
  ['我要跟老婆商量', 'authority'],
  ['I am already with another bank', 'competitor'],
  ['会不会亏，保本吗', 'risk'],
  ['不要再打了，我要投诉', 'contact'],
] as const)('%s: %s', (text, kind) => {
  expect(objectionOf(text)?.kind).toBe(kind)
})

test('a turn without an objection has none', () => {
  expect(objectionOf('好的，请把资料发给我')).toBeUndefined()
  expect(objectionOf('')).toBeUndefined()
})

test('the objection with the most phrases wins, the first one of equals', () => {
  expect(objectionOf('太贵，没时间，改天')).toEqual({ kind: 'timing', cues: ['没时间', '改天'] })
  expect(objectionOf('太贵，没时间')!.kind).toBe('price')
})
