import fc from 'fast-check'
import { visits } from '../../../schemas/visits/visits.ts'
import { visitsOfCustomer } from '../../../store/visits/visits.ts'
import { put, START, storeUnderTest, visitOf } from '../store-under-test.ts'

const store = storeUnderTest()

test('the highest revision applies, in any order and batches of arrival', async () => {
  const { database } = store
  let run = 0
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
      fc.integer({ min: 0, max: 5 }),
      async (revisions, cut) => {
        const visitId = `visit-${run++}`
        const values = revisions.map((revision) => visitOf(run, { visitId, revision, text: `revision ${revision}` }))
        await put(database, visits, values.slice(0, cut))
        await put(database, visits, values.slice(cut))
        const { text } = await database
          .selectFrom('visits')
          .select('text')
          .where('visitId', '=', visitId)
          .executeTakeFirstOrThrow()
        expect(text).toBe('revision 4')
      },
    ),
    { numRuns: 25 },
  )
})

test('of one revision the later event time applies, and all fields of a visit are stored', async () => {
  const { database } = store
  const place = { latitude: 31.2, longitude: 121.5, accuracyM: 12, ageS: 3, mocked: false }
  const told = {
    place,
    checkInAt: START,
    checkOutPlace: { ...place, accuracyM: null },
    enteredAt: START + 1,
    deviceId: 'phone',
  }
  await put(database, visits, [visitOf(2, { visitId: 'v', ...told }), visitOf(1, { visitId: 'v' })])
  expect(await database.selectFrom('visits').selectAll().execute()).toEqual([
    {
      visitId: 'v',
      revision: 0,
      withdrawn: false,
      opportunityId: 'o1',
      customerId: 'c1',
      salespersonId: 'p1',
      text: 'visit 2',
      latitude: 31.2,
      longitude: 121.5,
      accuracyM: 12,
      positionAgeS: 3,
      mocked: false,
      checkInAt: new Date(START),
      checkOutAt: null,
      checkOutPlace: { ...place, accuracyM: null },
      enteredAt: new Date(START + 1),
      plannedFrom: null,
      plannedUntil: null,
      deviceId: 'phone',
      photoHash: null,
      occurredAt: new Date(START + 120_000),
      source: 'test',
    },
  ])
})

test('visits of a customer are shown in their current version, newest first, without withdrawn ones', async () => {
  const { database } = store
  await put(database, visits, [visitOf(1), visitOf(2), visitOf(3), visitOf(4, { customerId: 'c2' }), visitOf(5)])
  await put(database, visits, [
    visitOf(2, { revision: 1, withdrawn: true }),
    visitOf(1, { revision: 1, text: 'corrected' }),
  ])
  const shown = await visitsOfCustomer(database, 'c1', 9)
  expect(shown.map(({ visitId, text }) => [visitId, text])).toEqual([
    ['v5', 'visit 5'],
    ['v3', 'visit 3'],
    ['v1', 'corrected'],
  ])
  expect(await visitsOfCustomer(database, 'c1', 1)).toHaveLength(1)
})
