import { randomUUID } from 'node:crypto'
import type { DeliveryMetrics } from '../../deliveries/delivery-metrics.ts'
import { activeChannels, bodyOf, messageIdOf } from '../../deliveries/message.ts'
import type { ChannelTest } from '../../api/ports.ts'
import { channelSetting } from '../../processors/deliveries/channel-setting.ts'
import type { Database } from '../../store/database.ts'
import { settingVersions } from '../../store/versioned-settings.ts'
import type { CommandContext } from '../context.ts'
import { openOutbound, type OutboundMessage } from './outbound.ts'

const nothingCounted: DeliveryMetrics = {
  deliveryAttempted() {},
  deliveryBacklogs() {},
  alertReported() {},
}

/**
 * Sends a test message to a channel immediately, bypassing the queue, and returns the receiver's answer; `undefined` if
 * there is no such active channel.
 */
export async function testChannel(
  context: CommandContext,
  database: Database,
  name: string,
): Promise<ChannelTest | undefined> {
  const [channel] = activeChannels(await settingVersions(database, channelSetting, name))
  if (channel === undefined) return undefined
  const message = testMessage(name)
  const outbound = await openOutbound(context, nothingCounted)
  try {
    const begun = performance.now()
    const { kind, answer, responseText, status } = await outbound.send(channel, [message])
    return {
      channel: name,
      messageId: message.id,
      delivered: kind === 'delivered',
      status: status ?? null,
      answer,
      said: responseText ?? null,
      durationMs: Math.round(performance.now() - begun),
    }
  } finally {
    await outbound.close()
  }
}

function testMessage(channel: string): OutboundMessage {
  const occurredAt = new Date()
  const text = 'This is a test: the channel works. Nothing needs to be done.'
  return {
    id: messageIdOf('channel.test', randomUUID()),
    type: 'channel.test',
    kind: null,
    record: 'test',
    body: bodyOf('channel.test', occurredAt.getTime(), { channel, occurredAt: occurredAt.toISOString(), text }),
    occurredAt,
  }
}
