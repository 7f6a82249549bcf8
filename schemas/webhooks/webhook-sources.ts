import {
  array,
  boolean,
  documented,
  enumeration,
  event,
  identifier,
  int,
  nullable,
  string,
  withDefault,
  withRule,
  type TypeOf,
} from '../avro/schema.ts'
import { between, itemsAtMost, textUpTo } from '../rules.ts'
import { globalTopic } from '../topic.ts'
import { settingOfTheBank } from '../persons.ts'

const secretName = withRule(
  '1 to 64 letters, digits, `_` or `-`',
  string,
  (name) => /^[A-Za-z0-9_-]{1,64}$/.test(name),
  { pattern: '^[A-Za-z0-9_-]{1,64}$' },
)
const headerName = withRule('the name of an HTTP header', string, (name) => /^[A-Za-z0-9-]{1,100}$/.test(name), {
  pattern: '^[A-Za-z0-9-]{1,100}$',
})
const fieldPath = withRule(
  'names of fields joined by dots, such as auth.application_token',
  string,
  (path) => /^[^.\s]{1,100}(\.[^.\s]{1,100}){0,9}$/.test(path),
  { pattern: '^[^.\\s]{1,100}(\\.[^.\\s]{1,100}){0,9}$' },
)

export const WebhookSource = event(
  'WebhookSource',
  'A system that sends webhooks: how its requests are verified, and how a payload becomes events.',
  {
    name: identifier,
    version: int,
    scheme: documented(
      'How a request is verified. `standard_webhooks`: Standard Webhooks. `hubspot_v3`: HMAC-SHA256 of method, address, body and time. `hmac_body`: HMAC of the body in a header. `token`: a secret in a header or in the payload, which signs nothing.',
      enumeration('WebhookScheme', ['standard_webhooks', 'hubspot_v3', 'hmac_body', 'token']),
    ),
    secrets: documented(
      'Names of secrets, never the secrets themselves: the variable `WEBHOOK_SECRET_<NAME>`, or a file of that name in `WEBHOOK_SECRETS_DIRECTORY`. A request that one of them verifies is accepted, so that a new secret can overlap with the old one.',
      itemsAtMost(4, array(secretName)),
    ),
    toleranceS: documented(
      'Maximum difference between the signed time and the clock, in seconds.',
      withDefault(between(1, 86_400, int), 300),
    ),
    url: documented(
      'Public address of the webhook, exactly as the sender knows it; the scheme `hubspot_v3` signs it.',
      nullable(textUpTo(2_000)),
    ),
    signatureHeader: documented(
      'Header with the signature or the token; null: X-Signature for `hmac_body`, none for `token`.',
      nullable(headerName),
    ),
    algorithm: documented(
      'Hash function of `hmac_body`.',
      withDefault(enumeration('WebhookAlgorithm', ['sha256', 'sha1']), 'sha256'),
    ),
    encoding: documented(
      'Encoding of the signature of `hmac_body`.',
      withDefault(enumeration('WebhookEncoding', ['base64', 'hex']), 'base64'),
    ),
    tokenField: documented('Field of the payload with the token of the scheme `token`.', nullable(fieldPath)),
    timeField: documented(
      'Field of the payload with the time at which it was sent, for schemes that sign no time of their own; null: requests of any age are accepted.',
      nullable(fieldPath),
    ),
    idField: documented(
      'Field of the payload that identifies the delivery; null: the header webhook-id of Standard Webhooks, or the hash of the body.',
      nullable(fieldPath),
    ),
    mapping: documented(
      'JSONata expression that maps a payload to `{"topic", "event"}`, a list of them, or nothing.',
      textUpTo(65_536),
    ),
    retired: documented('Whether its webhooks are no longer accepted.', withDefault(boolean, false)),
    changedBy: string,
  },
)
export type WebhookSource = TypeOf<typeof WebhookSource>

export const webhookSources = globalTopic<WebhookSource>({
  name: 'webhook-sources',
  schema: WebhookSource,
  key: 'name',
  persons: settingOfTheBank,
  keyOf: (source) => source.name,
  versionOf: ({ version }) => version,
  producer: 'API',
})
