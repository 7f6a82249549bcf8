import type { WebhookSource } from '../../schemas/webhooks/webhook-sources.ts'
import { standardSignature } from '../../deliveries/webhook/standard-signature.ts'
import { isWithin, isTimeWithin } from './tolerance.ts'
import { hasSameBytes, hmac } from './hmac.ts'
import { fieldAt } from '../payload.ts'

/** A request as it was received. */
export interface WebhookRequest {
  readonly method: string
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** The raw body: signatures cover these bytes, not what they parse to. */
  readonly body: Uint8Array
  /** The parsed body; `undefined` if it can't be parsed. */
  readonly payload: unknown
}

export type SignatureSettings = Pick<
  WebhookSource,
  'scheme' | 'toleranceS' | 'url' | 'signatureHeader' | 'algorithm' | 'encoding' | 'tokenField' | 'timeField'
>

type Verify = (settings: SignatureSettings, request: WebhookRequest, secret: string, now: number) => boolean

const schemes: Readonly<Record<WebhookSource['scheme'], Verify>> = {
  standard_webhooks: verifyStandard,
  hubspot_v3: verifyHubspot,
  hmac_body: verifyBody,
  token: verifyToken,
}

/**
 * Whether one of the secrets verifies the request, and it was sent within the tolerance of `now` (ms since 1970), as
 * far as the scheme or the payload states when it was sent.
 */
export function isAuthentic(
  settings: SignatureSettings,
  request: WebhookRequest,
  secrets: readonly string[],
  now: number,
): boolean {
  const verify = schemes[settings.scheme]
  // All secrets are tried, so that the time does not tell which one matched.
  const verified = secrets.map((secret) => verify(settings, request, secret, now))
  if (!verified.includes(true)) return false
  if (settings.timeField === null) return true
  const sentAt = fieldAt(request.payload, settings.timeField)
  return sentAt !== undefined && isTimeWithin(sentAt, settings.toleranceS, now)
}

function verifyStandard({ toleranceS }: SignatureSettings, request: WebhookRequest, secret: string, now: number) {
  const id = request.headers['webhook-id']
  const timestamp = request.headers['webhook-timestamp'] ?? ''
  const signatures = request.headers['webhook-signature'] ?? ''
  if (id === undefined || !/^\d{1,12}$/.test(timestamp)) return false
  const sentAt = Number(timestamp) * 1_000
  const expected = standardSignature(secret, id, new Date(sentAt), Buffer.from(request.body))
  const isSigned = signatures.split(' ').some((one) => hasSameBytes(one, expected))
  return isSigned && isWithin(sentAt, toleranceS, now)
}

/**
 * Escapes that HubSpot decodes before it signs an address:
 * https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation
 */
const hubspotEscapes = /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi

function verifyHubspot(settings: SignatureSettings, request: WebhookRequest, secret: string, now: number) {
  const timestamp = request.headers['x-hubspot-request-timestamp'] ?? ''
  const signature = request.headers['x-hubspot-signature-v3'] ?? ''
  if (!/^\d{1,15}$/.test(timestamp)) return false
  const address = (settings.url ?? '').replaceAll(hubspotEscapes, decodeURIComponent)
  const expected = hmac('sha256', secret, [`${request.method}${address}`, request.body, timestamp], 'base64')
  return hasSameBytes(signature, expected) && isWithin(Number(timestamp), settings.toleranceS, now)
}

function verifyBody(settings: SignatureSettings, request: WebhookRequest, secret: string) {
  const { algorithm, encoding } = settings
  const header = request.headers[(settings.signatureHeader ?? 'x-signature').toLowerCase()] ?? ''
  // Some senders write the algorithm in front: `sha256=…`.
  const signature = header.startsWith(`${algorithm}=`) ? header.slice(algorithm.length + 1) : header
  const expected = hmac(algorithm, secret, [request.body], encoding)
  return hasSameBytes(encoding === 'hex' ? signature.toLowerCase() : signature, expected)
}

function verifyToken({ signatureHeader, tokenField }: SignatureSettings, request: WebhookRequest, secret: string) {
  const token =
    signatureHeader === null
      ? fieldAt(request.payload, tokenField ?? '')
      : request.headers[signatureHeader.toLowerCase()]?.replace(/^Bearer /, '')
  return token !== undefined && hasSameBytes(token, secret)
}
