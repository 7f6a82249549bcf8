import { createLiveHub, type LiveClient, type LiveHub } from '../../../api/live/live-hub.ts'
import type { LiveEvent } from '../../../api/ports.ts'
import { alerts } from '../../../schemas/customers/alerts.ts'
import { priorities } from '../../../schemas/visits/priorities.ts'
import { scores } from '../../../schemas/models/scores.ts'
import type { Topic } from '../../../schemas/topic.ts'
import { waitFor } from '../../support/services.ts'
import { alertOf, NOW, priorityOf, scoreOf } from '../stored-world.ts'

interface Played extends LiveClient {
  readonly text: () => string
  readonly ended: () => boolean
  pending: number
}

const client = (topics?: readonly string[]): Played => {
  let text = ''
  let ended = false
  return {
    topics: topics === undefined ? undefined : new Set(topics),
    maskedKinds: new Set(),
    pending: 0,
    write: (chunk) => void (text += chunk),
    pendingBytes() {
      return this.pending
    },
    end: () => void (ended = true),
    text: () => text,
    ended: () => ended,
  }
}

/** Parses the events of a stream as a browser does. */
const eventsOf = (text: string): { event: string; data: Record<string, unknown> }[] =>
  text.split('\n\n').flatMap((block) => {
    const event = /^event: (.*)$/m.exec(block)?.[1]
    const data = /^data: (.*)$/m.exec(block)?.[1]
    return event === undefined || data === undefined
      ? []
      : [{ event, data: JSON.parse(data) as Record<string, unknown> }]
  })

let listeners: Set<(event: LiveEvent) => void>
let hub: LiveHub
let followers: number[]

const open = (options: { heartbeatMs?: number; names?: () => Promise<ReadonlyMap<string, string>> } = {}) => {
  listeners = new Set()
  followers = []
  hub = createLiveHub({
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    namesOf: options.names ?? ((ids) => Promise.resolve(new Map(ids.map((id) => [id, `name of ${id}`])))),
    masks: new Map(),
    onClients: (count) => void followers.push(count),
    flushMs: 1,
    pendingBytesMax: 1_000,
    ...(options.heartbeatMs === undefined ? {} : { heartbeatMs: options.heartbeatMs }),
  })
}
const emit = <T>(topic: Topic<T>, value: T) =>
  listeners.forEach((listener) => listener({ topic: topic as Topic, value }))
const until = (one: Played, count: number) =>
  waitFor(() => eventsOf(one.text()).length >= count, { what: `${count} events`, intervalMs: 2 })

afterEach(() => hub.close())

test('it listens only while there are clients', () => {
  open()
  expect(listeners.size).toBe(0)
  const [one, other] = [client(), client()]
  hub.add(one)
  hub.add(other)
  expect(listeners.size).toBe(1)
  hub.remove(one)
  hub.remove(one)
  hub.remove(other)
  expect(listeners.size).toBe(0)
  expect(followers).toEqual([1, 2, 1, 0])
})

test('a score arrives with a name and without its row', async () => {
  open()
  const one = client()
  hub.add(one)
  emit(scores, scoreOf('conversion', 'c-1', 0.5, NOW))
  await until(one, 2)
  const { event, data } = eventsOf(one.text())[1]!
  expect(event).toBe('scores')
  expect(data).toMatchObject({
    customerId: 'c-1',
    customerName: 'name of c-1',
    probability: 0.5,
    occurredAt: new Date(NOW).toISOString(),
  })
  expect(data).not.toHaveProperty('row')
  expect(data).not.toHaveProperty('text')
})

test('each gets the topics that were asked for', async () => {
  open()
  const [all, some] = [client(), client(['alerts'])]
  hub.add(all)
  hub.add(some)
  emit(scores, scoreOf('conversion', 'c-1', 0.5, NOW))
  emit(alerts, alertOf('c-1', 'potential-loan-customer', true))
  await until(all, 3)
  expect(eventsOf(some.text()).map(({ event }) => event)).toEqual(['hello', 'alerts'])
  expect(eventsOf(some.text())[1]!.data['text']).toContain('threshold')
})

test('of a list that changes quickly only the newest is sent, with names in its lines', async () => {
  open()
  const one = client()
  hub.add(one)
  emit(priorities, priorityOf('overall', 'all', ['c-1', 'c-2']))
  emit(priorities, priorityOf('team', 'team-1', ['c-1']))
  emit(priorities, priorityOf('overall', 'all', ['c-2']))
  await until(one, 3)
  const lists = eventsOf(one.text())
    .slice(1)
    .map(({ data }) => data)
  expect(lists).toMatchObject([
    { scope: 'team' },
    { scope: 'overall', entries: [{ customerId: 'c-2', customerName: 'name of c-2' }] },
  ])
})

test('too many events at once are cut, and their number is reported', async () => {
  open()
  const one = client()
  hub.add(one)
  for (let index = 0; index < 1_200; index++) emit(scores, scoreOf('conversion', `c-${index}`, 0.5, NOW))
  await until(one, 502)
  const events = eventsOf(one.text())
  expect(events[1]).toEqual({ event: 'skipped', data: { count: 700 } })
  expect(events.at(-1)!.data).toMatchObject({ customerId: 'c-1199' })
})

test('a client that does not read is dropped with a note; the others continue', async () => {
  open()
  const [slow, quick] = [client(), client()]
  hub.add(slow)
  hub.add(quick)
  slow.pending = 2_000
  emit(scores, scoreOf('conversion', 'c-1', 0.5, NOW))
  await until(quick, 2)
  expect(eventsOf(slow.text()).at(-1)).toMatchObject({
    event: 'dropped',
    data: { reason: expect.stringContaining('slowly') },
  })
  expect(slow.ended()).toBe(true)
  expect(quick.ended()).toBe(false)
  expect(followers.at(-1)).toBe(1)
})

test('a name that can’t be found out keeps no update back', async () => {
  open({ names: () => Promise.reject(new Error('no database')) })
  const one = client()
  hub.add(one)
  emit(scores, scoreOf('conversion', 'c-1', 0.5, NOW))
  await until(one, 2)
  expect(eventsOf(one.text())[1]!.data).toMatchObject({ customerName: null })
})

test('a heart beats, so that proxies keep the connection', async () => {
  open({ heartbeatMs: 5 })
  const one = client()
  hub.add(one)
  await waitFor(() => one.text().includes(': still here\n\n'), { what: 'a heartbeat', intervalMs: 2 })
})

test('closing ends every stream', () => {
  open()
  const one = client()
  hub.add(one)
  hub.close()
  expect(one.ended()).toBe(true)
  expect(listeners.size).toBe(0)
})
