import { profiles, type Profile } from '../../../../schemas/customers/profiles.ts'
import { customerFeatures, type CustomerFeatures } from '../../../../schemas/customers/customer-features.ts'
import { put, START, storeUnderTest } from '../../store-under-test.ts'

const store = storeUnderTest()

const profileOf = (customerId: string, occurredAt: number, changes: Partial<Profile> = {}): Profile => ({
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
const featuresOf = (customerId: string, occurredAt: number, values: readonly number[]): CustomerFeatures => ({
  id: `features/${customerId}/${occurredAt}`,
  occurredAt,
  source: 'test',
  customerId,
  featureSet: 'customer@1',
  values,
  timeZone: 'Asia/Shanghai',
})

test('profile and features make one row, whichever comes first', async () => {
  const { database } = store
  await put(database, profiles, [profileOf('c1', START)])
  await put(database, customerFeatures, [featuresOf('c1', START, [1, Number.NaN]), featuresOf('c2', START, [2])])
  await put(database, profiles, [profileOf('c2', START)])
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
  await put(database, profiles, [profileOf('c1', START, { name: 'new' }), profileOf('c1', START - 1, { name: 'old' })])
  await put(database, profiles, [profileOf('c1', START - 2, { name: 'older' })])
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
        ids.map((id) => profileOf(id, START + round)),
      ),
      put(
        database,
        customerFeatures,
        ids.toReversed().map((id) => featuresOf(id, START + round, [round])),
      ),
    ])
  }
  const rows = await database.selectFrom('customers').select(['name', 'values']).execute()
  expect(rows).toHaveLength(400)
  expect(rows.every(({ name, values }) => name === '王秀英' && values?.[0] === 7)).toBe(true)
})
