import fc from 'fast-check'
import { contacts, organisations } from '../../../schemas/recommendations/organisations.ts'
import { organisationOf } from '../../../store/recommendations/organisations.ts'
import { contact, organisation } from '../../features/organisations.ts'
import { put, storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()

test('all fields of an organisation and its people are stored and read back', async () => {
  const one = organisation(1, { attributes: { rating: 'A' }, employees: null })
  const people = [contact('a', 1), contact('b', 2, { active: false, seniority: null })]
  await put(store.database, organisations, [one])
  await put(store.database, contacts, people)
  expect(await organisationOf(store.database, 'c1')).toEqual({ organisation: one, contacts: people })
  expect(await organisationOf(store.database, 'c2')).toBeUndefined()
  const { rows } = await store.database.pool.query('select name, contacts from bi_organisations')
  expect(rows).toEqual([{ name: 'Nordlicht GmbH', contacts: 1 }])
})

test('the latest record applies, in any order and batches of arrival', async () => {
  let run = 0
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
      fc.integer({ min: 0, max: 4 }),
      async (days, cut) => {
        const customerId = `customer-${run++}`
        const words = days.map((day) => organisation(day, { customerId, name: `day ${day}` }))
        const people = days.map((day) => contact('a', 9, { customerId, id: `id ${day}`, name: `id ${day}` }))
        await put(store.database, organisations, words.slice(0, cut))
        await put(store.database, organisations, words.slice(cut))
        await put(store.database, contacts, people.slice(0, cut))
        await put(store.database, contacts, people.slice(cut))
        expect(await organisationOf(store.database, customerId)).toMatchObject({
          organisation: { name: 'day 3' },
          contacts: [{ name: 'id 3' }],
        })
      },
    ),
    { numRuns: 15 },
  )
})
