import { profiles } from '../../../schemas/customers/profiles.ts'
import { assessments } from '../../../schemas/visits/assessments.ts'
import { opportunities } from '../../../schemas/visits/visits.ts'
import { customerNames, hasCustomersFrom, opportunityBriefs } from '../../../store/customers/names.ts'
import { assessmentOf, opportunityOf, put, START, storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()

test('names and briefs are looked up for many at once, as far as they are known', async () => {
  const { database } = store
  const profile = {
    id: 'p',
    occurredAt: START,
    source: 'simulator',
    sex: null,
    birthYear: null,
    registeredPlace: null,
    residence: null,
    timeZone: 'UTC',
    segment: null,
    attributes: {},
  }
  await put(database, profiles, [
    { ...profile, customerId: 'c1', name: '李伟' },
    { ...profile, customerId: 'c2', name: null },
  ])
  await put(database, opportunities, [opportunityOf('o1'), opportunityOf('o2', { customerId: 'c2', teamId: null })])
  await put(database, assessments, [assessmentOf(1)])
  expect(await customerNames(database, ['c1', 'c2', 'c3', 'c1'])).toEqual(new Map([['c1', '李伟']]))
  const briefs = await opportunityBriefs(database, ['o1', 'o2', 'o3'])
  expect([...briefs.keys()].sort()).toEqual(['o1', 'o2'])
  expect(briefs.get('o1')).toEqual({
    opportunityId: 'o1',
    customerName: '李伟',
    teamId: 't1',
    product: 'loan',
    stage: 'sale',
    valueMinor: 2 ** 40,
    currency: 'CNY',
    verdict: 'invalid',
  })
  expect(briefs.get('o2')).toMatchObject({ customerName: null, verdict: null })
  expect(await customerNames(database, [])).toEqual(new Map())
  expect(await opportunityBriefs(database, [])).toEqual(new Map())
  expect(await hasCustomersFrom(database, 'simulator')).toBe(true)
  expect(await hasCustomersFrom(database, 'crm')).toBe(false)
})
