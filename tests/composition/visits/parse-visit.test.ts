import fc from 'fast-check'
import { parseVisit } from '../../../composition/visits/parse-visit.ts'

const read = (fields: object, options = {}) => {
  const answer = parseVisit(JSON.stringify(fields), options)
  if ('refused' in answer) throw new Error(answer.refused)
  return answer
}
const refusal = (line: string) => {
  const answer = parseVisit(line)
  return 'refused' in answer ? answer.refused : undefined
}

test('only the id is required; missing fields are unknown', () => {
  const { visit, leftOut } = read({ visitId: 'v' })
  expect(leftOut).toEqual([])
  expect(visit).toMatchObject({ visitId: 'v', revision: 0, withdrawn: false })
  for (const field of [
    'occurredAt',
    'opportunityId',
    'customerId',
    'salespersonId',
    'text',
    'place',
    'deviceId',
  ] as const)
    expect(visit[field]).toBeNull()
})

test('all fields of the event', () => {
  const { visit, leftOut } = read({
    id: 'e1',
    source: 'crm',
    visitId: 'v',
    occurredAt: '2026-01-05T09:00:00+08:00',
    text: '',
    place: { latitude: 31.2, longitude: 121.5, accuracyM: 10, ageS: 1, mocked: true },
    checkOutPlace: { latitude: 31.2, longitude: 121.5 },
    photoHash: 'p',
    probability: 0.3,
  })
  expect(leftOut).toEqual([])
  expect(visit).toMatchObject({ occurredAt: Date.UTC(2026, 0, 5, 1), text: '', photoHash: 'p', probability: 0.3 })
  expect(visit.place).toEqual({ latitude: 31.2, longitude: 121.5, accuracyM: 10, ageS: 1, mocked: true })
  expect(visit.checkOutPlace?.accuracyM).toBeNull()
})

test('ids may be numbers, with all their digits, and empty values are missing', () => {
  const { visit, leftOut } = read({ visitId: 7, customerId: ' c ', deviceId: '', checkInAt: null, salespersonId: '' })
  expect(leftOut).toEqual([])
  expect(visit).toMatchObject({ visitId: '7', customerId: 'c', deviceId: null, salespersonId: null })
  const long = parseVisit('{"visitId": 12345678901234567890}')
  expect('visit' in long && long.visit.visitId).toBe('12345678901234567890')
})

test.each([
  [{ place: { latitude: null, longitude: null } }, null, []],
  [{ place: { latitude: 'north', longitude: 1 } }, null, ['place.latitude']],
  [
    { place: { latitude: 1, longitude: 2, accuracyM: -5 } },
    { latitude: 1, longitude: 2, accuracyM: null },
    ['place.accuracyM'],
  ],
  [{ place: 'here' }, null, ['place']],
])('a position that can’t be used: %#', (fields, place, leftOut) => {
  const answer = read({ visitId: 'v', ...fields })
  if (place === null) expect(answer.visit.place).toBeNull()
  else expect(answer.visit.place).toMatchObject(place)
  expect(answer.leftOut.map(({ field }) => field)).toEqual(leftOut)
})

test.each([
  ['2026-01-05 09:00', {}, null, /without a zone: say which with --utc-offset/],
  ['2026-01-05 09:00', { utcOffsetH: 8 }, Date.UTC(2026, 0, 5, 1), undefined],
  ['2026-01-05T09:00:30.5', { utcOffsetH: -3.5 }, Date.UTC(2026, 0, 5, 12, 30, 30, 500), undefined],
  ['2026-01-05 09:00:00+08:00', {}, Date.UTC(2026, 0, 5, 1), undefined],
  ['05.01.2026', {}, null, /a time is ISO 8601/],
  [1_767_574_800, {}, null, /milliseconds since 1970/],
  [1_767_574_800_000, {}, 1_767_574_800_000, undefined],
  [true, {}, null, /a time is ISO 8601/],
])('the time %s', (occurredAt, options, time, problem) => {
  const { visit, leftOut } = read({ visitId: 'v', occurredAt }, options)
  expect(visit.occurredAt).toBe(time)
  if (problem === undefined) expect(leftOut).toEqual([])
  else expect(leftOut).toEqual([{ field: 'occurredAt', problem: expect.stringMatching(problem) as string }])
})

test('unknown fields and wrong values are ignored and reported', () => {
  const { visit, leftOut } = read({
    visitId: 'v',
    enterdAt: 1,
    text: 5,
    withdrawn: 'yes',
    probability: 2,
    revision: -1,
  })
  expect(visit).toMatchObject({ text: null, withdrawn: false, probability: null, revision: 0 })
  expect(leftOut.map(({ field }) => field).sort()).toEqual(['enterdAt', 'probability', 'revision', 'text', 'withdrawn'])
})

test.each([
  ['{"visitId": "v"', /is not JSON/],
  ['[]', /must be a JSON object/],
  ['{"text": "x"}', /has no visitId/],
  ['{"visitId": {}}', /has no visitId/],
  ['{"topic": "calls", "event": {"visitId": "v"}}', /event of calls, and no visit/],
  ['{"visitId": "a\\u0000b"}', /visitId: .* control characters|NUL/],
])('%s is no visit', (line, why) => expect(refusal(line)).toMatch(why))

test('any JSON is read or refused', () => {
  fc.assert(
    fc.property(
      fc.json(),
      fc.jsonValue(),
      fc.constantFrom('visitId', 'place', 'occurredAt', 'text', '__proto__', 'x'),
      (line, value, field) => {
        parseVisit(line)
        parseVisit(`{"visitId": "v", ${JSON.stringify(field)}: ${JSON.stringify(value)}}`)
      },
    ),
  )
})

test('a line of an event file contains a visit', () => {
  expect(read({ topic: 'visits', event: { visitId: 'v', text: 'x' } }).visit).toMatchObject({ visitId: 'v', text: 'x' })
})
