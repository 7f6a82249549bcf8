import { alertKinds } from '../customers/alerts.ts'
import {
  array,
  boolean,
  documented,
  enumeration,
  event,
  identifier,
  int,
  nullable,
  record,
  withRule,
  string,
  withDefault,
  type TypeOf,
} from '../avro/schema.ts'
import { between, itemsAtMost, oneOf, timeZone } from '../rules.ts'
import { globalTopic } from '../topic.ts'
import { settingOfTheBank } from '../persons.ts'

/** Topics whose events can be sent through channels. */
export const deliverableTopics = ['alerts', 'potential-customers', 'model-acts'] as const

const URL_CHARACTERS_MAX = 2_000

const secretName = withRule(
  '1 to 64 letters, digits, `_` or `-`',
  string,
  (name) => /^[A-Za-z0-9_-]{1,64}$/.test(name),
  {
    pattern: '^[A-Za-z0-9_-]{1,64}$',
  },
)

const webAddress = withRule(
  `an http or https address of at most ${URL_CHARACTERS_MAX} characters, without a user or a password`,
  string,
  isWebAddress,
  { maxLength: URL_CHARACTERS_MAX, pattern: '^https?://[^\\s@]+$' },
)

const mailAddress = withRule('an e-mail address', string, isMailAddress, {
  maxLength: 254,
  pattern: '^(?:[^\\s@,;<>"\\u0000-\\u001f]+)@[^\\s@,;<>"\\u0000-\\u001f]+$',
})

const timeOfDay = withRule('a time of day such as 08:00', string, (time) => /^([01]\d|2[0-3]):[0-5]\d$/.test(time), {
  pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$',
})

export const WebhookTarget = record('WebhookTarget', 'Where messages are posted, and the secrets that sign them.', {
  url: webAddress,
  secrets: documented(
    'Names of secrets, never the secrets themselves: the variable `DELIVERY_SECRET_<NAME>`, or a file of that name in `DELIVERY_SECRETS_DIRECTORY`. A message is signed with each of them, so that a new secret can overlap with the old one.',
    itemsAtMost(4, array(secretName)),
  ),
})
export type WebhookTarget = TypeOf<typeof WebhookTarget>

export const EmailTarget = record(
  'EmailTarget',
  'Recipients of mails, and whether they get each message or a digest.',
  {
    to: itemsAtMost(50, array(mailAddress)),
    digestMinutes: documented(
      'Interval of digest mails in minutes; no mail if there is nothing to report.',
      nullable(between(1, 1_440, int)),
    ),
    digestAt: documented('Time of a daily digest mail; no mail if there is nothing to report.', nullable(timeOfDay)),
    timeZone: documented('Time zone of `digestAt` and of the times in mails.', withDefault(timeZone, 'UTC')),
  },
)
export type EmailTarget = TypeOf<typeof EmailTarget>

export const Channel = event('Channel', 'A delivery channel for alerts and other results: what it sends, and where.', {
  name: identifier,
  version: int,
  kind: documented(
    'metric: counts in `scoreline_alerts_total`; topic: the topic `notifications`; email; webhook.',
    enumeration('ChannelKind', ['metric', 'topic', 'email', 'webhook']),
  ),
  topics: documented(
    `Topics that it sends: ${deliverableTopics.join(', ')}.`,
    withDefault(itemsAtMost(deliverableTopics.length, array(oneOf(deliverableTopics))), ['alerts']),
  ),
  alertKinds: documented('Kinds of alerts that it sends; empty: all.', itemsAtMost(100, array(oneOf(alertKinds)))),
  withdrawals: documented('Whether it also sends that an alert no longer holds.', withDefault(boolean, true)),
  webhook: documented('Target of a channel of the kind webhook.', nullable(WebhookTarget)),
  email: documented('Target of a channel of the kind email.', nullable(EmailTarget)),
  retired: documented('Whether nothing is sent any more.', withDefault(boolean, false)),
  changedBy: string,
})
export type Channel = TypeOf<typeof Channel>

export const channels = globalTopic<Channel>({
  name: 'channels',
  schema: Channel,
  key: 'name',
  persons: settingOfTheBank,
  keyOf: (channel) => channel.name,
  versionOf: ({ version }) => version,
  producer: 'API',
})

function isWebAddress(text: string): boolean {
  if (text.length > URL_CHARACTERS_MAX || !URL.canParse(text)) return false
  const { protocol, username, password, hostname } = new URL(text)
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '' && hostname !== ''
}

function isMailAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@,;<>"\u0000-\u001f]+@[^\s@,;<>"\u0000-\u001f]+$/.test(text)
}
