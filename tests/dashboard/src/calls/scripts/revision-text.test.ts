import {
  confusionText,
  revisionTitle,
  type Revision,
} from '../../../../../dashboard/src/calls/scripts/revision-text.ts'

const revision = (changes: object) =>
  ({ template: 'a', templateVersion: 2, partId: 'offer', calls: 60, confused: 20, ...changes }) as Revision

test('a proposal names the part, or the answer to an objection', () => {
  expect(revisionTitle(revision({}))).toBe('Offer in a, version 2')
  expect(revisionTitle(revision({ partId: 'answer:price' }))).toBe('Answer to the objection “price” in a, version 2')
})

test('the share of confused callers has its interval', () => {
  const confusionRate = { value: 1 / 3, lower: 0.227, upper: 0.459 }
  expect(confusionText(revision({ confusionRate }))).toBe('Not understood in 20 of 60 calls, 33.3 % (22.7 % to 45.9 %)')
})
