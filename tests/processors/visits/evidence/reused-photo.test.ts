import { reusedPhoto } from '../../../../processors/visits/evidence/reused-photo.ts'
import { at, facts, scores } from './facts.ts'

const shot = (visitId: string, time: string, more = {}) =>
  facts(visitId, { occurredAt: at(time), photoHash: 'p', ...more })

test('the later visit has the photo of the earlier one', () => {
  expect(scores(reusedPhoto, [shot('a', '9:00'), shot('b', '9:00+1')])).toEqual({ b: 1 })
})
test('two records of a meeting share theirs', () => {
  expect(scores(reusedPhoto, [shot('a', '9:00', { customerId: 'c' }), shot('b', '9:30', { customerId: 'c' })])).toEqual(
    {},
  )
})
test('a picture of the app is no evidence', () => {
  const visits = ['s1', 's2', 's3', 's4'].map((salespersonId) => shot(salespersonId, '9:00', { salespersonId }))
  expect(scores(reusedPhoto, visits)).toEqual({})
})
