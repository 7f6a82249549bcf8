import { Webhook } from 'standardwebhooks'

/** A secret with its name; only the name is ever shown. */
export interface Secret {
  readonly name: string
  readonly value: string
}

/** Standard Webhooks demands 24 to 64 random bytes. */
const BYTES_MIN = 24

/** Why the secret can't sign; `undefined`: it can. Says nothing of its value. */
export function secretFault({ name, value }: Secret): string | undefined {
  const base64 = value.replace(/^whsec_/, '')
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.toString('base64').replace(/=+$/, '') !== base64.replace(/=+$/, ''))
    return `The secret ${name} is not base64: write \`whsec_\` and at least ${BYTES_MIN} random bytes in base64.`
  if (bytes.length < BYTES_MIN)
    return `The secret ${name} has ${bytes.length} bytes: take at least ${BYTES_MIN} random ones.`
  return undefined
}

/** The headers of Standard Webhooks for one attempt, with a signature by each secret. */
export function signatureHeaders(
  id: string,
  at: Date,
  body: string,
  secrets: readonly Secret[],
): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': secrets.map(({ value }) => new Webhook(value).sign(id, at, body)).join(' '),
  }
}
