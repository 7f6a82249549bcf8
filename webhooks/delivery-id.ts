import { createHash } from 'node:crypto'
import type { WebhookSource } from '../schemas/webhooks/webhook-sources.ts'
import { fieldAt } from './payload.ts'
import type { WebhookRequest } from './signature/is-authentic.ts'

const STORABLE = /^[\x20-\x7e]{1,200}$/

/**
 * Returns the id of a delivery, the same for each attempt of the sender. Only signed parts of the request are used: a
 * header that is not signed could be changed to have the same body count twice.
 */
export function deliveryIdOf(
  { scheme, idField }: Pick<WebhookSource, 'scheme' | 'idField'>,
  { headers, body, payload }: WebhookRequest,
): string {
  const field = idField === null ? undefined : fieldAt(payload, idField)
  const header = scheme === 'standard_webhooks' ? headers['webhook-id'] : undefined
  const stated = field ?? header
  if (stated === undefined) return digestOf(body)
  // The id is stored with an unmapped webhook, and PostgreSQL can't store every text.
  return STORABLE.test(stated) ? stated : digestOf(stated)
}

function digestOf(value: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(value).digest('hex')}`
}
