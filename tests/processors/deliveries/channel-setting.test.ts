import { validateChannel } from '../../../processors/deliveries/channel-setting.ts'
import { channels } from '../../../schemas/deliveries/channels.ts'
import { fromJson } from '../../../schemas/json/json-event.ts'

const base = { kind: 'metric', topics: ['alerts'], webhook: null, email: null, retired: false } as const
const webhook = { url: 'https://a.example/', secrets: ['a'] }
const email = { to: ['a@b.c'], digestMinutes: null, digestAt: null, timeZone: 'UTC' }

test('a channel has what its kind needs, and nothing else', () => {
  expect(validateChannel(base)).toBeUndefined()
  expect(validateChannel({ ...base, kind: 'webhook', webhook })).toBeUndefined()
  expect(validateChannel({ ...base, kind: 'email', email })).toBeUndefined()
  expect(validateChannel({ ...base, webhook })).toContain('webhook')
  expect(validateChannel({ ...base, kind: 'webhook' })).toContain('webhook')
  expect(validateChannel({ ...base, kind: 'email', webhook })).toBeDefined()
  expect(validateChannel({ ...base, topics: [] })).toContain('topics')
  expect(validateChannel({ ...base, kind: 'webhook', webhook: { ...webhook, secrets: [] } })).toContain('secret')
  expect(validateChannel({ ...base, kind: 'email', email: { ...email, to: [] } })).toContain('recipient')
  expect(
    validateChannel({ ...base, kind: 'email', email: { ...email, digestMinutes: 5, digestAt: '08:00' } }),
  ).toContain('both')
  expect(validateChannel({ ...base, kind: 'webhook', retired: true })).toBeUndefined()
})

const envelope = { id: 'x', occurredAt: 0, source: 'api', name: 'a', version: 1, changedBy: 'me' }
const faultOf = (fields: object) => {
  const read = fromJson(channels, { ...envelope, kind: 'webhook', ...fields })
  return read.ok ? undefined : read.problems.map(({ path }) => path).join()
}

test.each([
  'ftp://a.example/',
  'https://user:password@a.example/',
  'javascript:alert(1)',
  'https://',
  '//a.example',
  `https://a.example/${'x'.repeat(2_000)}`,
])('%s is no address of a webhook', (url) => expect(faultOf({ webhook: { ...webhook, url } })).toBe('/webhook/url'))

test.each(['../../etc/passwd', 'a b', '', 'x'.repeat(65), 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw+/='])(
  '%s is no name of a secret',
  (name) => expect(faultOf({ webhook: { ...webhook, secrets: [name] } })).toBe('/webhook/secrets/0'),
)

test.each(['a', 'a@b\r\nBcc: c@d', 'a@b, c@d', '<a@b>', 'a b@c'])('%j is no recipient', (to) =>
  expect(faultOf({ kind: 'email', email: { ...email, to: [to] } })).toBe('/email/to/0'),
)
