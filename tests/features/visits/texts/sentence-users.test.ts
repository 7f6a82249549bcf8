import { createSentenceUsers } from '../../../../features/visits/texts/sentence-users.ts'

test('people are counted, not uses', () => {
  const users = createSentenceUsers()
  for (let i = 0; i < 50; i++) users.add(7, 's1')
  expect(users.people(7)).toBe(1)
  expect(users.people(8)).toBe(0)
  for (const name of ['s2', 's3', 's4', 's5', 's6']) users.add(7, name)
  expect(users.people(7)).toBeGreaterThanOrEqual(4)
  expect(users.people(7)).toBeLessThanOrEqual(8)
  for (let i = 0; i < 1_000; i++) users.add(7, `p${i}`)
  expect(users.people(7)).toBeGreaterThan(50)
})
