import { createHmac } from 'node:crypto'
import { signatureHeaders } from '../../../deliveries/webhook/sign.ts'
import { isAuthentic, type SignatureSettings, type WebhookRequest } from '../../../webhooks/signature/is-authentic.ts'
import { usableSecrets } from '../../../webhooks/signature/usable-secrets.ts'

const now = Date.UTC(2024, 4, 1, 10)
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
const OTHER = `whsec_${Buffer.alloc(32, 8).toString('base64')}`
const body = Buffer.from('{"id":"1","ts":"1714557600"}')
const settings: SignatureSettings = {
  ...{
    scheme: 'hmac_body',
    toleranceS: 300,
    url: null,
    signatureHeader: null,
    algorithm: 'sha256',
    encoding: 'base64',
  },
  ...{ tokenField: null, timeField: null },
}
const request = (headers: WebhookRequest['headers'], rest: Partial<WebhookRequest> = {}): WebhookRequest => ({
  ...{ method: 'POST', headers, body, payload: JSON.parse(body.toString()) as unknown },
  ...rest,
})
const sign = (text: string | Buffer, secret = SECRET, encoding: 'base64' | 'hex' = 'base64', algorithm = 'sha256') =>
  createHmac(algorithm, secret).update(text).digest(encoding)

describe('Standard Webhooks', () => {
  const standard = { ...settings, scheme: 'standard_webhooks' } as const
  const headers = (secrets = [SECRET], at = now) =>
    signatureHeaders(
      'msg_1',
      new Date(at),
      body.toString(),
      secrets.map((value) => ({ name: 'x', value })),
    )

  test('is verified by any of several secrets of either side', () => {
    expect(isAuthentic(standard, request(headers()), [OTHER, SECRET], now)).toBe(true)
    expect(isAuthentic(standard, request(headers([OTHER, SECRET])), [SECRET], now)).toBe(true)
    expect(isAuthentic(standard, request(headers()), [OTHER], now)).toBe(false)
    expect(isAuthentic(standard, request(headers()), [], now)).toBe(false)
  })

  test('a changed body, id or time, or a time outside of the tolerance is refused', () => {
    const signed = headers()
    for (const changed of [{ 'webhook-id': 'msg_2' }, { 'webhook-timestamp': String(now / 1_000 + 1) }])
      expect(isAuthentic(standard, request({ ...signed, ...changed }), [SECRET], now)).toBe(false)
    expect(isAuthentic(standard, request(signed, { body: Buffer.from('{}') }), [SECRET], now)).toBe(false)
    for (const late of [301_000, -301_000]) {
      expect(isAuthentic(standard, request(headers([SECRET], now - late)), [SECRET], now)).toBe(false)
      expect(isAuthentic({ ...standard, toleranceS: 400 }, request(headers([SECRET], now - late)), [SECRET], now)).toBe(
        true,
      )
    }
    for (const none of Object.keys(signed))
      expect(isAuthentic(standard, request({ ...signed, [none]: undefined }), [SECRET], now)).toBe(false)
  })
})

describe('HubSpot v3', () => {
  const url = 'https://bank.example/webhooks/hubspot?team=a%40b%2Fc%20d'
  const hubspot = { ...settings, scheme: 'hubspot_v3', url } as const
  // HubSpot decodes some escapes of the address, and leaves others such as %20.
  const signed = (at = now, method = 'POST') => ({
    'x-hubspot-request-timestamp': String(at),
    'x-hubspot-signature-v3': sign(
      `${method}https://bank.example/webhooks/hubspot?team=a@b/c%20d${body.toString()}${at}`,
    ),
  })

  test('covers method, address, body and time', () => {
    expect(isAuthentic(hubspot, request(signed()), [SECRET], now)).toBe(true)
    expect(isAuthentic(hubspot, request(signed(now, 'PUT')), [SECRET], now)).toBe(false)
    expect(isAuthentic({ ...hubspot, url: 'https://else.example/' }, request(signed()), [SECRET], now)).toBe(false)
    expect(isAuthentic(hubspot, request(signed(), { body: Buffer.from('{}') }), [SECRET], now)).toBe(false)
    expect(isAuthentic(hubspot, request(signed(now - 301_000)), [SECRET], now)).toBe(false)
    expect(isAuthentic(hubspot, request({}), [SECRET], now)).toBe(false)
  })
})

describe('HMAC of the body', () => {
  test.each([
    ['base64, as Salesforce Data Cloud sends it', {}, { 'x-signature': sign(body) }],
    [
      'hex with a prefix',
      { encoding: 'hex', signatureHeader: 'X-Hub-Signature-256' },
      { 'x-hub-signature-256': `sha256=${sign(body, SECRET, 'hex')}` },
    ],
    ['hex in capitals', { encoding: 'hex' }, { 'x-signature': sign(body, SECRET, 'hex').toUpperCase() }],
    [
      'SHA-1 in hex, as amoCRM chats send it',
      { encoding: 'hex', algorithm: 'sha1' },
      { 'x-signature': sign(body, SECRET, 'hex', 'sha1') },
    ],
  ] as const)('%s', (_, changes, headers) => {
    const scheme = { ...settings, ...changes }
    expect(isAuthentic(scheme, request(headers), [OTHER, SECRET], now)).toBe(true)
    expect(isAuthentic(scheme, request(headers), [OTHER], now)).toBe(false)
    expect(isAuthentic(scheme, request(headers, { body: Buffer.from('{} ') }), [SECRET], now)).toBe(false)
    expect(isAuthentic(scheme, request({}), [SECRET], now)).toBe(false)
  })

  test('a time in the payload limits its age', () => {
    const timed = { ...settings, timeField: 'ts' }
    const headers = { 'x-signature': sign(body) }
    expect(isAuthentic(timed, request(headers), [SECRET], now)).toBe(true)
    expect(isAuthentic(timed, request(headers), [SECRET], now + 301_000)).toBe(false)
    expect(isAuthentic({ ...timed, timeField: 'none' }, request(headers), [SECRET], now)).toBe(false)
    for (const ts of [now, new Date(now).toISOString()])
      expect(isAuthentic(timed, request(headers, { payload: { ts } }), [SECRET], now)).toBe(true)
    expect(isAuthentic(timed, request(headers, { payload: { ts: 'yesterday' } }), [SECRET], now)).toBe(false)
  })
})

test('a token is read from the payload or a header', () => {
  const inPayload = { ...settings, scheme: 'token', tokenField: 'auth.application_token' } as const
  const payload = { auth: { application_token: 'abc' } }
  expect(isAuthentic(inPayload, request({}, { payload }), ['abc'], now)).toBe(true)
  expect(isAuthentic(inPayload, request({}, { payload }), ['abd'], now)).toBe(false)
  expect(isAuthentic(inPayload, request({}, { payload: undefined }), ['abc'], now)).toBe(false)
  const inHeader = { ...inPayload, tokenField: null, signatureHeader: 'Authorization' }
  expect(isAuthentic(inHeader, request({ authorization: 'Bearer abc' }), ['abc'], now)).toBe(true)
  expect(isAuthentic(inHeader, request({ authorization: 'Bearer ' }), ['abc'], now)).toBe(false)
})

test('unusable secrets are named to the operator without any of their content', () => {
  const read = (name: string) => ({ good: SECRET, short: 'whsec_c2VjcmV0' })[name]
  const { secrets, faults } = usableSecrets({ scheme: 'standard_webhooks', secrets: ['good', 'short', 'none'] }, read)
  expect(secrets).toEqual([SECRET])
  expect(faults).toEqual([expect.stringContaining('short has 6 bytes'), expect.stringContaining('WEBHOOK_SECRET_none')])
  expect(faults.join()).not.toContain('c2VjcmV0')
})
