import { bucketOf } from '../../../features/hashed-names.ts'
import {
  bucketNames,
  organisationFeatures,
  setStage,
  type OrganisationRow,
} from '../../../features/recommendations/organisation.ts'
import { stages } from '../../../schemas/recommendations/dictionary.ts'
import { DAY_MS } from '../../../schemas/durations.ts'
import { opportunity } from '../../processors/scoring-fixtures.ts'
import { contact, organisation } from '../organisations.ts'

const at = organisation(10).occurredAt

const rowOf = (changes: Partial<OrganisationRow>) => {
  const row = new Float64Array(organisationFeatures.names.length).fill(-1)
  organisationFeatures.row(
    { organisation: organisation(0), contacts: [], opportunities: [], bought: undefined, stage: 'sale', ...changes },
    at,
    row,
  )
  return Object.fromEntries(
    organisationFeatures.names.map((name, place) => [name.replace('organisation.', ''), row[place]!]),
  )
}

test('every number of the row is written, and the names are distinct', () => {
  expect(new Set(organisationFeatures.names).size).toBe(organisationFeatures.names.length)
  expect(Object.values(rowOf({})).filter((value) => value === -1)).toEqual([])
})

test('contact persons are counted by role and seniority; those who have left only as such', () => {
  const row = rowOf({
    contacts: [
      contact('a', 1),
      contact('b', 4, { role: 'Finance ', seniority: 'manager', categories: ['costs', 'financing'] }),
      contact('c', 7, { active: false, role: 'finance' }),
    ],
  })
  expect(row).toMatchObject({
    contacts: 2,
    contactsLeft: 1,
    directors: 1,
    managers: 1,
    juniors: 0,
    interests: 1.5,
    daysSinceContact: 3,
  })
  expect(row[`role${bucketOf('finance', 16)}`]).toBe(2)
  expect(row[`interest${bucketOf('financing', 64)}`]).toBe(1)
  expect(row[`interest${bucketOf('costs', 64)}`]).toBe(0.5)
})

test('known and unknown attributes of the organisation', () => {
  const row = rowOf({ organisation: organisation(0, { attributes: { rating: 'A' } }) })
  expect(row['employees']).toBeCloseTo(Math.log(41))
  expect(row['daysSinceChanged']).toBe(10)
  expect(row[`field${bucketOf('trade', 16)}`]).toBe(1)
  expect(row[`attribute${bucketOf('rating: A', 16)}`]).toBe(1)
  const empty = rowOf({ organisation: organisation(0, { employees: null, fieldOfActivity: null }) })
  expect(empty['employees']).toBeNaN()
  expect(empty['interests']).toBeNaN()
  expect(Array.from({ length: 16 }, (_, place) => empty[`field${place}`])).toEqual(new Array(16).fill(0))
})

test('opportunities and purchases', () => {
  const bought = Float64Array.of(3, at - 2 * DAY_MS, 99, 0, 0, 3, 0, 0, 0, 0, 0)
  const row = rowOf({
    bought,
    opportunities: [opportunity(1, { status: 'won' }), opportunity(2, { opportunityId: 'o2', product: 'insurance' })],
  })
  expect(row).toMatchObject({
    openOpportunities: 1,
    wonOpportunities: 1,
    lostOpportunities: 0,
    bought: 3,
    daysSinceBought: 2,
    bought2: 3,
  })
  expect(row['spent']).toBeCloseTo(Math.log(100))
  expect(row[`talkedOf${bucketOf('insurance', 8)}`]).toBe(1)
  expect(rowOf({})['daysSinceBought']).toBeNaN()
})

test('the stage is an input: another one can be written to a row', () => {
  const row = new Float32Array(organisationFeatures.names.length)
  for (const stage of stages) {
    setStage(row, stage)
    const of = rowOf({ stage })
    expect([...row.subarray(0, 4)]).toEqual(Object.values(of).slice(0, 4))
  }
  expect(rowOf({ stage: 'first contact' })).toMatchObject({ stageFirstContact: 1, stageSale: 0 })
})

test('the names behind hashed features are given', () => {
  const of = {
    organisation: organisation(0),
    contacts: [contact('a', 1), contact('b', 2, { active: false, role: 'ghost' })],
    opportunities: [],
    bought: undefined,
  }
  const behind = bucketNames([of, of], ['insurance'])
  expect(behind.get(`organisation.talkedOf${bucketOf('insurance', 8)}`)).toEqual(['insurance'])
  expect(behind.get(`organisation.bought${bucketOf('insurance', 8)}`)).toEqual(['insurance'])
  expect(behind.get(`organisation.interest${bucketOf('financing', 64)}`)).toEqual(['financing'])
  expect(behind.get(`organisation.field${bucketOf('trade', 16)}`)).toEqual(['trade'])
  expect([...behind.values()].flat()).not.toContain('ghost')
})
