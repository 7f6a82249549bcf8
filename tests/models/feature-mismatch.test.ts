import { featureMismatch } from '../../models/feature-mismatch.ts'

test('returns why a model must not score rows of other features', () => {
  const model = { id: 'abc', featureSet: 'customer@1', featureNames: ['a', 'b'] }
  expect(featureMismatch(model, { id: 'customer@1', names: ['a', 'b'] })).toBeUndefined()
  expect(featureMismatch(model, { id: 'customer@2', names: ['a', 'b'] })).toBe(
    'Model abc was trained on customer@1, and these rows are customer@2.',
  )
  expect(featureMismatch(model, { id: 'customer@1', names: ['a'] })).toContain(
    'on 2 features of customer@1, and there are 1 now',
  )
  expect(featureMismatch(model, { id: 'customer@1', names: ['a', 'c'] })).toBe(
    'Model abc has "b" where the rows have "c".',
  )
})
