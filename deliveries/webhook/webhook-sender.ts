import { Agent, request, type Dispatcher } from 'undici'
import type { WebhookTarget } from '../../schemas/deliveries/channels.ts'
import { failureOf, type Outcome } from '../outcome.ts'
import { outcomeOfAnswer } from './answer.ts'
import { secretFault, signatureHeaders, type Secret } from './sign.ts'
import { checkedLookup, targetFault, type AllowedTargets } from './targets.ts'

export interface WebhookSenderOptions {
  readonly allowed: AllowedTargets
  /** Time-out of the whole exchange, in ms. */
  readonly timeoutMs: number
  /** Returns the current secret of this name; `undefined` if it is not set. */
  readonly secret: (name: string) => string | undefined
  /** Name and version, for the User-Agent header. */
  readonly agent: string
}

export interface WebhookSender {
  /** Makes one attempt. Never rejects. */
  send(target: WebhookTarget, message: { readonly id: string; readonly body: string }): Promise<Outcome>
  close(): Promise<void>
}

/** Limits of the answer: characters that are stored, bytes that are read. */
const RESPONSE_TEXT_MAX = 300
const RESPONSE_BYTES_MAX = 8_192

/** Creates a sender that posts signed messages. It connects only to `allowed` targets and follows no redirects. */
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
      if (typeof secrets === 'string' || fault !== undefined) return { kind: 'retryable', answer: fault! }
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
        return outcomeOfAnswer(answer.statusCode, answer.headers, await readResponseText(answer), now.getTime())
      } catch (error) {
        const late = signal.aborted ? `It did not answer within ${timeoutMs / 1_000} s.` : failureOf(error)
        return { kind: 'retryable', answer: late }
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

/**
 * Reads the beginning of the answer. The status is all that matters, so a body that breaks off or never ends is
 * ignored.
 */
async function readResponseText({ body }: Dispatcher.ResponseData): Promise<string> {
  const pieces: Buffer[] = []
  let bytes = 0
  try {
    for await (const piece of body as AsyncIterable<Buffer>) {
      pieces.push(piece)
      bytes += piece.length
      if (bytes >= RESPONSE_BYTES_MAX) break
    }
  } catch {
    // The part read so far is kept.
  }
  const text = Buffer.concat(pieces)
    .toString()
    .replaceAll(/[\u0000-\u001f\u007f]+/g, ' ')
    .toWellFormed()
    .trim()
  return text.length > RESPONSE_TEXT_MAX ? `${text.slice(0, RESPONSE_TEXT_MAX)}…` : text
}
