import { explorationSetting, noExploration } from '../../../processors/models/exploration-setting.ts'

const problemOf = (changes: Partial<typeof noExploration>) =>
  explorationSetting.validate!({ ...noExploration, ...changes }, 'loan-demand')

test('a task explores nobody until people decide otherwise', () => {
  expect([...explorationSetting.defaults.values()].map(({ share }) => share)).toEqual([0])
})

test('a share above 0.02 of a credit task needs an approval that says who gave it', () => {
  expect(problemOf({ share: 0.02 })).toBeUndefined()
  expect(problemOf({ share: 0.03 })).toMatch(/only with an approval/)
  expect(problemOf({ share: 0.03, approval: 'Credit committee, minutes 14' })).toBeUndefined()
})
