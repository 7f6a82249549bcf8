import { customerFeatures } from '../../../features/customers/customer.ts'
import { protectedFeatures, unprotectedFeatures } from '../../../retrainer/training/protected-features.ts'

test('every feature is classified; sex, age and registered place are protected', () => {
  const { names } = customerFeatures
  const hidden = [...protectedFeatures(customerFeatures)]
  expect(hidden.map((feature) => names[feature])).toEqual([
    'profile.age',
    'profile.isFemale',
    'profile.isMale',
    'profile.hasRegisteredPlace',
    'profile.livesWhereRegistered',
  ])
  expect([...hidden, ...unprotectedFeatures(customerFeatures)].sort((a, b) => a - b)).toEqual([...names.keys()])
})
