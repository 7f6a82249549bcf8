import { Agent, request, type Dispatcher } from 'undici'
import type { WebhookTarget } from '../../schemas/deliveries/channels.ts'
import { failureOf, type Outcome } from '../outcome.ts'
import { outcomeOfAnswer } from './answer.ts'
import { secretFault, signatureHeaders, type Secret } from './sign.ts'
import { checkedLookup, targetFault, type AllowedTargets } from './targets.ts'

export interface WebhookSenderOptions {
  readonly allowed: AllowedTargets
  /** For the whole exchange, ms. */
  readonly timeoutMs: number
  /** The secret of that name as it is now; `undefined`: it is not set. */
  readonly secret: (name: string) => string | undefined
  /** Name and version, for the header User-Agent. */
  readonly agent: string
}

export interface WebhookSender {
  /** One attempt. Never rejects. */
  send(target: WebhookTarget, message: { readonly id: string; readonly body: string }): Promise<Outcome>
  close(): Promise<void>
}

/** What is kept of an answer, in characters, and read of it, in bytes. */
const SAID_MAX = 300
const SAID_BYTES_MAX = 8_192

/** Posts signed messages. Connections go only where `allowed` says, and redirects are not followed. */
export function createWebhookSender({ allowed, timeoutMs, secret, agent }: WebhookSenderOptions): WebhookSender {
  const dispatcher = new Agent({
    connect: { lookup: checkedLookup(allowed), timeout: timeoutMs },
    allowH2: false,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxHeaderSize: 32_768,
  })
  return {
    async send({ url, secrets: names }, { id, body }) {
      const secrets = secretsNamed(names, secret)
      const fault = typeof secrets === 'string' ? secrets : targetFault(url, allowed)
      if (typeof secrets === 'string' || fault !== undefined) return { kind: 'again', answer: fault! }
      const now = new Date()
      const signal = AbortSignal.timeout(timeoutMs)
      try {
        const answer = await request(url, {
          dispatcher,
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'user-agent': agent,
            ...signatureHeaders(id, now, body, secrets),
          },
          body,
          signal,
        })
        return outcomeOfAnswer(answer.statusCode, answer.headers, await saidIn(answer), now.getTime())
      } catch (error) {
        const late = signal.aborted ? `It did not answer within ${timeoutMs / 1_000} s.` : failureOf(error)
        return { kind: 'again', answer: late }
      }
    },
    close: () => dispatcher.destroy(),
  }
}

function secretsNamed(
  names: readonly string[],
  secret: (name: string) => string | undefined,
): readonly Secret[] | string {
  const secrets: Secret[] = []
  for (const name of names) {
    const value = secret(name)
    if (value === undefined)
      return `The secret ${name} is not set: set DELIVERY_SECRET_${name}, or put it into a file of that name in DELIVERY_SECRETS_DIRECTORY.`
    const fault = secretFault({ name, value })
    if (fault !== undefined) return fault
    secrets.push({ name, value })
  }
  return secrets
}

/** The beginning of the answer. The status says all that matters: what breaks or never ends behind it is left. */
async function saidIn({ body }: Dispatcher.ResponseData): Promise<string> {
  const pieces: Buffer[] = []
  let bytes = 0
  try {
    for await (const piece of body as AsyncIterable<Buffer>) {
      pieces.push(piece)
      bytes += piece.length
      if (bytes >= SAID_BYTES_MAX) break
    }
  } catch {
    // What was read until then is kept.
  }
  const text = Buffer.concat(pieces)
    .toString()
    .replaceAll(/[\u0000-\u001f\u007f]+/g, ' ')
    .toWellFormed()
    .trim()
  return text.length > SAID_MAX ? `${text.slice(0, SAID_MAX)}…` : text
}
