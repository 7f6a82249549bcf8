import {
  activeChannels,
  messageIdOf,
  messageOf,
  sources,
  accepts,
  type ChannelValue,
} from '../../deliveries/message.ts'
import { alerts } from '../../schemas/customers/alerts.ts'
import { deliverableTopics } from '../../schemas/deliveries/channels.ts'
import { alertOf } from '../store/store-under-test.ts'

const value: ChannelValue = {
  kind: 'metric',
  topics: ['alerts'],
  alertKinds: [],
  withdrawals: true,
  webhook: null,
  email: null,
  retired: false,
}
const [alertSource] = sources
const message = messageOf(alertSource!, alertOf(1))
const channel = (changes: Partial<ChannelValue> = {}) => ({
  name: 'a',
  version: 1,
  since: 1_000,
  value: { ...value, ...changes },
})

test('each topic that a channel may name has a source', () =>
  expect(sources.map(({ topic }) => topic.name)).toEqual([...deliverableTopics]))

test('the body is the alert as the API shows it, without its source, and the id depends on the event alone', () => {
  const alert = Object.fromEntries(Object.entries(alertOf(1)).filter(([field]) => field !== 'source'))
  const at = new Date(alertOf(1).occurredAt).toISOString()
  expect(message).toMatchObject({ type: 'alert.raised', kind: 'invalid-visits', record: 'c1', topic: alerts.name })
  expect(JSON.parse(message.body)).toEqual({
    type: 'alert.raised',
    timestamp: at,
    data: { ...alert, occurredAt: at },
  })
  expect(messageOf(alertSource!, alertOf(1)).id).toBe(message.id)
  expect(messageIdOf('alerts', 'l1')).toBe(message.id)
  expect(messageIdOf('other', 'l1')).not.toBe(message.id)
  expect(message.id).toMatch(/^msg_[0-9a-f]{32}$/)
})

test.each<[string, Partial<ChannelValue>, number, boolean]>([
  ['all alerts', {}, 1_000, true],
  ['what was published before the channel was added', {}, 999, false],
  ['another topic', { topics: ['potential-customers'] }, 1_000, false],
  ['its kind', { alertKinds: ['invalid-visits'] }, 1_000, true],
  ['other kinds only', { alertKinds: ['dormant-customer'] }, 1_000, false],
])('a channel takes %s: as it says', (_, changes, publishedAt, expected) =>
  expect(accepts(channel(changes), message, publishedAt)).toBe(expected),
)

test('a channel without withdrawals only gets raised alerts', () => {
  const withdrawn = messageOf(alertSource!, alertOf(2, { raised: false }))
  expect(accepts(channel({ withdrawals: false }), withdrawn, 1_000)).toBe(false)
  expect(accepts(channel({ withdrawals: false }), message, 1_000)).toBe(true)
  expect(accepts(channel(), withdrawn, 1_000)).toBe(true)
})

test('a channel gets messages from when it was added, or restored after being retired; edits do not change this', () => {
  const version = (key: string, number: number, retired = false) => ({
    key,
    version: number,
    value: { ...value, retired },
    changedAt: new Date(number * 1_000),
  })
  const versions = [
    version('edited', 1),
    version('edited', 2),
    version('again', 1),
    version('again', 2, true),
    version('again', 3),
    version('gone', 1),
    version('gone', 2, true),
  ]
  const active = activeChannels(versions.toReversed())
  expect(active.map(({ name, version: number, since }) => [name, number, since]).sort()).toEqual([
    ['again', 3, 3_000],
    ['edited', 2, 1_000],
  ])
})
