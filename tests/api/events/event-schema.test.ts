/** The described schema of an event must not be narrower than what the API accepts. */
import fc from 'fast-check'
import { Compile } from 'typebox/schema'
import { eventSchema } from '../../../api/events/event-schema.ts'
import { toJson } from '../../../schemas/json/json-event.ts'
import { topics } from '../../../subjects/subjects.ts'
import { extremeValue } from '../../schemas/extreme-value.ts'

const inputs = topics.filter(({ role }) => role === 'input')

test.each(inputs.map((topic) => [topic.name, topic] as const))(
  'every good value of %s fits its description',
  (_, topic) => {
    const validator = Compile(eventSchema(topic.schema) as never)
    fc.assert(
      fc.property(extremeValue(topic.schema), (value) => {
        expect(validator.Errors(toJson(topic, value))[1]).toEqual([])
      }),
      { numRuns: 100 },
    )
  },
)

test('a missing field, an unknown field or one of another type is invalid', () => {
  const visits = inputs.find(({ name }) => name === 'visits')!
  const validator = Compile(eventSchema(visits.schema) as never)
  const good = {
    id: 'e',
    occurredAt: '2026-01-01T00:00:00Z',
    source: 'crm',
    visitId: 'v',
    opportunityId: 'o',
    customerId: 'c',
    salespersonId: 's',
    text: 'x',
    place: { latitude: 1, longitude: 2 },
  }
  expect(validator.Check(good)).toBe(true)
  expect(validator.Check({ ...good, customerId: undefined })).toBe(false)
  expect(validator.Check({ ...good, colour: 'red' })).toBe(false)
  expect(validator.Check({ ...good, place: { latitude: 'north', longitude: 2 } })).toBe(false)
  expect(validator.Check({ ...good, place: null })).toBe(true)
  for (const id of ['', 'x'.repeat(513), 'a\u0007']) expect(validator.Check({ ...good, visitId: id })).toBe(false)
})
