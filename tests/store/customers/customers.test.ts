import { type Profile, profiles } from '../../../schemas/customers/profiles.ts'
import { customerFeatures, type CustomerFeatures } from '../../../schemas/customers/customer-features.ts'
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

test('the list continues after a customer', async () => {
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

test('a customer who is known only from events has no profile', async () => {
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

const profileAt = (customerId: string, occurredAt: number, changes: Partial<Profile> = {}): Profile => ({
  id: `profile/${customerId}/${occurredAt}`,
  occurredAt,
  source: 'crm',
  customerId,
  name: '王秀英',
  sex: 'female',
  birthYear: 1980,
  registeredPlace: null,
  residence: null,
  timeZone: 'Asia/Shanghai',
  segment: 'retail',
  attributes: { 'path\\u0000': 'C:\\u0000', occupation: 'shop' },
  ...changes,
})
const featuresAt = (customerId: string, occurredAt: number, values: readonly number[]): CustomerFeatures => ({
  id: `features/${customerId}/${occurredAt}`,
  occurredAt,
  source: 'test',
  customerId,
  featureSet: 'customer@1',
  values,
  timeZone: 'Asia/Shanghai',
})

test('profile and features form one row, whichever comes first', async () => {
  const { database } = store
  await put(database, profiles, [profileAt('c1', START)])
  await put(database, customerFeatures, [featuresAt('c1', START, [1, Number.NaN]), featuresAt('c2', START, [2])])
  await put(database, profiles, [profileAt('c2', START)])
  const rows = await database
    .selectFrom('customers')
    .select(['customerId', 'name', 'values', 'attributes'])
    .orderBy('customerId')
    .execute()
  const attributes = { 'path\\u0000': 'C:\\u0000', occupation: 'shop' }
  expect(rows).toEqual([
    { customerId: 'c1', name: '王秀英', values: [1, Number.NaN], attributes },
    { customerId: 'c2', name: '王秀英', values: [2], attributes },
  ])
})

test('an older profile does not take the place of a newer one', async () => {
  const { database } = store
  await put(database, profiles, [profileAt('c1', START, { name: 'new' }), profileAt('c1', START - 1, { name: 'old' })])
  await put(database, profiles, [profileAt('c1', START - 2, { name: 'older' })])
  expect(await database.selectFrom('customers').select('name').execute()).toEqual([{ name: 'new' }])
})

test('profiles and features of the same customers, written at once in opposite orders, do not wait for each other for ever', async () => {
  const { database } = store
  const ids = Array.from({ length: 400 }, (_, index) => `c${index}`)
  for (let round = 0; round < 8; round++) {
    await Promise.all([
      put(
        database,
        profiles,
        ids.map((id) => profileAt(id, START + round)),
      ),
      put(
        database,
        customerFeatures,
        ids.toReversed().map((id) => featuresAt(id, START + round, [round])),
      ),
    ])
  }
  const rows = await database.selectFrom('customers').select(['name', 'values']).execute()
  expect(rows).toHaveLength(400)
  expect(rows.every(({ name, values }) => name === '王秀英' && values?.[0] === 7)).toBe(true)
})
