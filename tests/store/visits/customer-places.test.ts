import { customerPlaces, type CustomerPlace } from '../../../schemas/visits/places.ts'
import { placesOfCustomers } from '../../../store/visits/customer-places.ts'
import { put, START, storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()

const place = (placeId: string, revision: number, changes: Partial<CustomerPlace> = {}): CustomerPlace => ({
  id: `${placeId}/${revision}`,
  occurredAt: START,
  source: 'test',
  placeId,
  revision,
  withdrawn: false,
  customerId: 'c1',
  name: null,
  latitude: 31,
  longitude: 121,
  radiusM: null,
  validFrom: null,
  validUntil: null,
  ...changes,
})

test('of each place the highest revision applies, if it is valid at the time', async () => {
  const { database } = store
  await put(database, customerPlaces, [
    place('moved', 2, { latitude: 32 }),
    place('moved', 1),
    place('gone', 0),
    place('gone', 1, { withdrawn: true }),
    place('later', 0, { validFrom: START + 2 }),
    place('former', 0, { validUntil: START + 1 }),
    place('other', 0, { customerId: 'c2' }),
  ])
  const ids = async (customers: readonly string[], at: number) =>
    (await placesOfCustomers(database, customers, new Date(at))).map(({ placeId, latitude }) => [placeId, latitude])
  expect(await ids(['c1'], START + 1)).toEqual([['moved', 32]])
  expect(await ids(['c1'], START)).toEqual([
    ['former', 31],
    ['moved', 32],
  ])
  expect(await ids(['c1', 'c2', 'c1'], START + 2)).toEqual([
    ['later', 31],
    ['moved', 32],
    ['other', 31],
  ])
  expect(await ids([], START)).toEqual([])
})
