import { profiles, type Profile } from '../../../schemas/customers/profiles.ts'
import { customerFeatures } from '../../../schemas/customers/customer-features.ts'
import { customerById, listCustomers } from '../../../store/customers/customers.ts'
import { put, START, storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()

const profileOf = (customerId: string, name: string): Profile => ({
  id: `profile/${customerId}`,
  occurredAt: START,
  source: 'crm',
  customerId,
  name,
  sex: 'female',
  birthYear: 1980,
  registeredPlace: '上海',
  residence: '杭州',
  timeZone: 'Asia/Shanghai',
  segment: 'retail',
  attributes: { occupation: 'shopkeeper' },
})

test('customers are searched by id and name, literally and whatever the case', async () => {
  const { database } = store
  await put(database, profiles, [
    profileOf('c1', '王秀英'),
    profileOf('c2', 'Nadja 100%_x'),
    profileOf('c%3', 'Other\\name'),
  ])
  const found = async (search: string) =>
    (await listCustomers(database, { search, limit: 9 })).map(({ customerId }) => customerId)
  expect(await found('秀英')).toEqual(['c1'])
  expect(await found('nadja')).toEqual(['c2'])
  expect(await found('0%_X')).toEqual(['c2'])
  expect(await found('%')).toHaveLength(2)
  expect(await found('r\\n')).toEqual(['c%3'])
  expect(await found("' or true --")).toEqual([])
})

test('the list goes on behind a customer', async () => {
  const { database } = store
  await put(
    database,
    profiles,
    ['c1', 'c2', 'c3', 'c4', 'c5'].map((id) => profileOf(id, id)),
  )
  const first = await listCustomers(database, { limit: 2 })
  const second = await listCustomers(database, { limit: 9, after: first.at(-1)!.customerId })
  expect([...first, ...second].map(({ customerId }) => customerId)).toEqual(['c1', 'c2', 'c3', 'c4', 'c5'])
})

test('a customer who is known only by events is there without a profile', async () => {
  const { database } = store
  const features = {
    id: 'f',
    occurredAt: START,
    source: 'test',
    customerId: 'c1',
    featureSet: 'customer@1',
    values: [1, Number.NaN],
    timeZone: 'Asia/Shanghai',
  }
  await put(database, customerFeatures, [features])
  expect(await customerById(database, 'c1')).toEqual({
    customerId: 'c1',
    name: null,
    segment: null,
    residence: null,
    featuresAt: new Date(START),
    source: null,
    featureSet: 'customer@1',
    values: [1, Number.NaN],
    timeZone: 'Asia/Shanghai',
    sex: null,
    birthYear: null,
    registeredPlace: null,
    attributes: null,
  })
  expect(await customerById(database, 'c2')).toBeUndefined()
})
