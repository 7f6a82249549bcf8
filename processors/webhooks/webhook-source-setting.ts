import { versionedSetting } from '../../schemas/platform/versioned-setting.ts'
import { webhookSources, type WebhookSource } from '../../schemas/webhooks/webhook-sources.ts'
import { mappingFault } from '../../webhooks/mapping/compile-mapping.ts'

/** The sources of an extension, by name; they apply until people set others of the same name. */
const delivered = new Map<string, SourceValue>()

export const webhookSourceSetting = versionedSetting({
  name: 'webhook source',
  path: '/webhook-sources',
  doc: 'Systems that send webhooks: signature scheme, names of secrets, and the mapping of payloads to events (docs/webhooks.md).',
  topic: webhookSources,
  key: 'name',
  open: true,
  defaults: delivered,
  required: ['scheme', 'secrets', 'mapping'],
  validate: sourceFault,
})

export type SourceValue = Omit<WebhookSource, 'id' | 'occurredAt' | 'source' | 'name' | 'version' | 'changedBy'>

/** Adds the sources of an extension. Called before the API starts. Throws an error with the first that is refused. */
export function addWebhookSources(sources: Readonly<Record<string, SourceValue>>): void {
  for (const [name, source] of Object.entries(sources)) {
    const fault = sourceFault(source)
    if (fault !== undefined) throw new Error(`The webhook source ${name} is refused: ${fault}`)
    delivered.set(name, source)
  }
}

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
