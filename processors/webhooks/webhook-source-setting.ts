import { versionedSetting } from '../../schemas/platform/versioned-setting.ts'
import { webhookSources, type WebhookSource } from '../../schemas/webhooks/webhook-sources.ts'
import { mappingFault } from '../../webhooks/mapping/compile-mapping.ts'

export const webhookSourceSetting = versionedSetting({
  name: 'webhook source',
  path: '/webhook-sources',
  doc: 'Systems that send webhooks: signature scheme, names of secrets, and the mapping of payloads to events (docs/webhooks.md).',
  topic: webhookSources,
  key: 'name',
  open: true,
  defaults: new Map(),
  required: ['scheme', 'secrets', 'mapping'],
  validate: sourceFault,
})

type SourceValue = Omit<WebhookSource, 'id' | 'occurredAt' | 'source' | 'name' | 'version' | 'changedBy'>

/** Returns why a source can't be saved; `undefined` if it can. */
function sourceFault(source: SourceValue): string | undefined {
  if (source.retired) return undefined
  if (source.secrets.length === 0) return 'Name at least one secret in `secrets`: unverified webhooks are not accepted.'
  if (source.scheme === 'hubspot_v3' && (source.url === null || !URL.canParse(source.url)))
    return 'The scheme hubspot_v3 signs the address: give it in `url`, exactly as it is entered in the sender.'
  if (source.scheme === 'token' && (source.tokenField === null) === (source.signatureHeader === null))
    return 'The scheme token needs either `tokenField` or `signatureHeader`, where the sender puts the token.'
  const fault = mappingFault(source.mapping)
  return fault === undefined ? undefined : `The mapping is refused: ${fault}`
}
