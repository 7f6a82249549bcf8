import { readFileSync } from 'node:fs'
import { networksOf, readSecret } from '../../config.ts'
import type { DeliveryMetrics } from '../../deliveries/delivery-metrics.ts'
import { digestMail, singleMail } from '../../deliveries/mail/compose-mail.ts'
import { createMailSender } from '../../deliveries/mail/mail-sender.ts'
import type { QueuedMessage } from '../../deliveries/mail/message-view.ts'
import type { ActiveChannel } from '../../deliveries/message.ts'
import { failureOf, type Outcome } from '../../deliveries/outcome.ts'
import { createWebhookSender } from '../../deliveries/webhook/webhook-sender.ts'
import { createPlainProducer } from '../../kafka/producer/plain-producer.ts'
import { notifications, type Notification } from '../../schemas/deliveries/notifications.ts'
import type { Topic } from '../../schemas/topic.ts'
import type { CommandContext } from '../context.ts'
import { clientOptions, namingOf, openRegistry } from '../kafka.ts'
import { createPublisher } from '../publisher.ts'
import { VERSION } from '../version.ts'

/** A queued message with its event time. */
export interface OutboundMessage extends QueuedMessage {
  readonly occurredAt: Date
}

/** Sends messages out of the platform. */
export interface Outbound {
  /** Makes one attempt; several messages are sent as one digest. Never rejects. */
  send(channel: ActiveChannel, messages: readonly OutboundMessage[]): Promise<Outcome>
  close(): Promise<void>
}

export async function openOutbound({ config, log }: CommandContext, metrics: DeliveryMetrics): Promise<Outbound> {
  const { DELIVERY_TIMEOUT_MS: timeoutMs, PAGE_URL: pageUrl } = config
  const producer = createPlainProducer(clientOptions(config, 'deliveries'))
  const publisher = createPublisher(producer, namingOf(config), await openRegistry(config, log))
  const webhooks = createWebhookSender({
    allowed: { networks: networksOf(config), http: config.DELIVERY_ALLOW_HTTP },
    timeoutMs,
    secret: (name) => readSecret(config, name),
    agent: `Scoreline/${VERSION}`,
  })
  const mails = createMailSender({
    url: config.SMTP_URL,
    from: config.SMTP_FROM,
    tlsRequired: config.SMTP_TLS_REQUIRED,
    ca: config.SMTP_TLS_CA_FILE === undefined ? undefined : readFileSync(config.SMTP_TLS_CA_FILE, 'utf8'),
    timeoutMs,
  })

  async function publish(
    channel: string,
    { id, occurredAt, type, kind, record, body }: OutboundMessage,
  ): Promise<Outcome> {
    const event: Notification = {
      id,
      occurredAt: occurredAt.getTime(),
      source: 'deliveries',
      channel,
      type,
      kind,
      record,
      body,
    }
    const [place] = await publisher.publish(notifications as Topic, [event])
    return { kind: 'delivered', answer: `partition ${place!.partition}, offset ${place!.offset}` }
  }

  async function attempt({ name, value }: ActiveChannel, messages: readonly OutboundMessage[]): Promise<Outcome> {
    const [first] = messages as readonly [OutboundMessage]
    if (value.webhook !== null) return webhooks.send(value.webhook, first)
    if (value.email !== null) {
      const settings = { channel: name, timeZone: value.email.timeZone, pageUrl }
      const mail = messages.length === 1 ? singleMail(first, settings) : digestMail(messages, settings)
      return mails.send(value.email.to, mail)
    }
    if (value.kind === 'topic') return publish(name, first)
    metrics.alertReported(name, first.type, first.kind ?? '')
    return { kind: 'delivered', answer: 'counted' }
  }

  return {
    send: (channel, messages) =>
      attempt(channel, messages).catch((error: unknown) => ({ kind: 'retryable', answer: failureOf(error) })),
    async close() {
      await Promise.all([webhooks.close(), producer.close()])
      mails.close()
    },
  }
}
