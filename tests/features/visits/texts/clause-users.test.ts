import { createClauseUsers } from '../../../../features/visits/texts/clause-users.ts'

const limits = { people: 3, share: 0 }
const OWN = { isTemplate: false, informationMax: Number.POSITIVE_INFINITY }

test('words of a person are own, however often they are used', () => {
  const users = createClauseUsers()
  for (let i = 0; i < 50; i++) users.add([7], 's1')
  expect(users.use(7, limits)).toEqual(OWN)
  expect(users.use(8, limits)).toEqual(OWN)
})

/** Returns reports of twenty people, twenty each: clause 7 in a given number of them, and clauses of their own. */
const organisation = (times: number) => {
  const users = createClauseUsers()
  for (let person = 0; person < 20; person++)
    for (let report = 0; report < 20; report++)
      users.add(report < times ? [7, 7, 1_000 * person + report] : [1_000 * person + report], `person ${person}`)
  return users
}

test('clauses that many people use all the time are a template; those that they use at times count little', () => {
  expect(organisation(20).use(7, limits)).toEqual({ isTemplate: true, informationMax: 0 })
  const phrase = organisation(2).use(7, limits)
  expect(phrase.isTemplate).toBe(false)
  expect(phrase.informationMax).toBeCloseTo(Math.log2(10), 0)
  expect(organisation(2).use(5_003, limits)).toEqual(OWN)
})

test('in a large organisation more people may share words', () => {
  expect(organisation(20).use(7, { people: 3, share: 1 })).toEqual(OWN)
})
