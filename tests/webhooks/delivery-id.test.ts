import { deliveryIdOf } from '../../webhooks/delivery-id.ts'

const body = Buffer.from('{}')
const headers = { 'webhook-id': 'msg_1' }
const id = (settings: Parameters<typeof deliveryIdOf>[0], payload: unknown = {}) =>
  deliveryIdOf(settings, { method: 'POST', headers, body, payload })
const DIGEST = /^sha256:[0-9a-f]{64}$/

test('the id is a signed part of the delivery: the field, the id of Standard Webhooks, or the hash of the body', () => {
  expect(id({ scheme: 'hmac_body', idField: 'event.id' }, { event: { id: 7 } })).toBe('7')
  expect(id({ scheme: 'standard_webhooks', idField: null })).toBe('msg_1')
  // The header is not signed by other schemes.
  expect(id({ scheme: 'hmac_body', idField: null })).toMatch(DIGEST)
  expect(id({ scheme: 'token', idField: 'none' })).toMatch(DIGEST)
})

test('an id that can’t be stored is replaced by its hash', () => {
  const [nul, long] = ['a\0', 'a'.repeat(201)].map((value) => id({ scheme: 'token', idField: 'id' }, { id: value }))
  for (const one of [nul, long]) expect(one).toMatch(DIGEST)
  expect(nul).not.toBe(long)
})
