import { mappedEvents } from '../../../webhooks/mapping/mapped-events.ts'

const origin = { source: 'crm', deliveryId: 'd1' }
const profile = (customerId: string, rest = {}) => ({
  topic: 'profiles',
  event: { customerId, occurredAt: 1, ...rest },
})
const ids = (result: unknown, from = origin) => mappedEvents(result, from).events.map(({ event }) => event['id'])

test('a repeated delivery has the same ids, another delivery or source has others', () => {
  expect(ids([profile('a'), profile('b')])).toEqual(ids([profile('a'), profile('b')]))
  const all = [origin, { ...origin, deliveryId: 'd2' }, { ...origin, source: 'x' }].flatMap((one) =>
    ids(profile('a'), one),
  )
  expect(new Set([...all, ...ids([profile('a'), profile('a')])]).size).toBe(4)
})

test('a mended mapping keeps the ids of events that stay', () => {
  const [, second] = ids([profile('a'), profile('b')])
  expect(ids([profile('b', { name: 'now with a name' })])).toEqual([second])
})

test('an id and a source of the mapping are kept', () => {
  const [first] = mappedEvents(profile('a', { id: 'mine', source: 'other' }), origin).events
  expect(first!.event).toMatchObject({ id: 'mine', source: 'other' })
})

test('nothing, one event and a list are understood; anything else is a problem with its index', () => {
  expect(mappedEvents(undefined, origin)).toEqual({ events: [], problems: [] })
  expect(mappedEvents(null, origin)).toEqual({ events: [], problems: [] })
  const { events, problems } = mappedEvents([profile('a'), 'text', { topic: 'profiles' }], origin)
  expect(events).toHaveLength(1)
  expect(problems.map(({ index }) => index)).toEqual([1, 2])
  expect(mappedEvents(Array(1_001).fill(profile('a')), origin).problems[0]!.problem).toContain('1001 events')
})
