import { standardSignature } from './standard-signature.ts'

/** A secret and its name, of which only the name is ever shown. */
export interface Secret {
  readonly name: string
  readonly value: string
}

/** Standard Webhooks requires 24 to 64 random bytes. */
const BYTES_MIN = 24

/** Returns why the secret can't be used for signing, without revealing any of it; `undefined` if it can. */
export function secretFault({ name, value }: Secret): string | undefined {
  const base64 = value.replace(/^whsec_/, '')
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.toString('base64').replace(/=+$/, '') !== base64.replace(/=+$/, ''))
    return `The secret ${name} is not base64: write \`whsec_\` and at least ${BYTES_MIN} random bytes in base64.`
  if (bytes.length < BYTES_MIN)
    return `The secret ${name} has ${bytes.length} bytes: take at least ${BYTES_MIN} random ones.`
  return undefined
}

/** Returns the Standard Webhooks headers of one attempt, with one signature per secret. */
export function signatureHeaders(
  id: string,
  at: Date,
  body: string,
  secrets: readonly Secret[],
): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': secrets.map(({ value }) => standardSignature(value, id, at, body)).join(' '),
  }
}
