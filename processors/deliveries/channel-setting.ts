import { channels, type Channel } from '../../schemas/deliveries/channels.ts'
import { versionedSetting } from '../../schemas/platform/versioned-setting.ts'

type ChannelValue = Pick<Channel, 'kind' | 'webhook' | 'email' | 'topics' | 'retired'>

export const channelSetting = versionedSetting({
  name: 'channel',
  path: '/channels',
  doc: 'Where alerts and other results are sent: signed webhooks, e-mail, a topic, a metric (docs/alerting.md).',
  topic: channels,
  key: 'name',
  open: true,
  defaults: new Map(),
  required: ['kind'],
  validate: validateChannel,
})

/** Returns what is wrong with the channel as a whole, beyond its single fields; `undefined` if nothing is. */
export function validateChannel({ kind, webhook, email, topics, retired }: ChannelValue): string | undefined {
  if (retired) return undefined
  if ((kind === 'webhook') !== (webhook !== null))
    return 'A channel of the kind webhook has `webhook` with its address and secrets, and no other has.'
  if ((kind === 'email') !== (email !== null))
    return 'A channel of the kind email has `email` with its recipients, and no other has.'
  if (topics.length === 0) return 'The channel takes nothing: name at least one of `topics`.'
  if (webhook !== null && webhook.secrets.length === 0)
    return 'Name at least one secret in `webhook.secrets`: receivers must be able to tell our messages from others’.'
  if (email !== null && email.to.length === 0) return 'Name at least one recipient in `email.to`.'
  if (email !== null && email.digestMinutes !== null && email.digestAt !== null)
    return 'A digest is sent every `digestMinutes` or each day at `digestAt`, not both.'
  return undefined
}
