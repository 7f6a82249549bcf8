import { createHash } from 'node:crypto'
import type { WebhookSource } from '../schemas/webhooks/webhook-sources.ts'
import { fieldAt } from './payload.ts'
import type { WebhookRequest } from './signature/is-authentic.ts'

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
  return field ?? header ?? `sha256:${createHash('sha256').update(body).digest('hex')}`
}
