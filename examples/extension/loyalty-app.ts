import { readFileSync } from 'node:fs'
import type { Extension } from 'scoreline/extensions'

type Source = NonNullable<Extension['webhookSources']>[string]

/** The loyalty app, which signs by Standard Webhooks with the secret LOYALTY_APP. */
export const loyaltyApp: Source = {
  scheme: 'standard_webhooks',
  secrets: ['LOYALTY_APP'],
  toleranceS: 300,
  url: null,
  signatureHeader: null,
  algorithm: 'sha256',
  encoding: 'base64',
  tokenField: null,
  timeField: null,
  idField: null,
  mapping: readFileSync(new URL('mappings/loyalty-app.jsonata', import.meta.url), 'utf8'),
  retired: false,
}
