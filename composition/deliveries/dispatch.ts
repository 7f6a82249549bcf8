import { randomUUID } from 'node:crypto'
import type { DeliveryMetrics } from '../../deliveries/delivery-metrics.ts'
import { finishOf, type RetryPolicy } from '../../deliveries/finish.ts'
import { isDigest } from '../../deliveries/mail/digest-due.ts'
import { activeChannels, type ActiveChannel } from '../../deliveries/message.ts'
import { channelSetting } from '../../processors/deliveries/channel-setting.ts'
import type { Database } from '../../store/database.ts'
import {
  markOtherChannelsDead,
  markOverdueDead,
  channelBacklogs,
  claimDeliveries,
  finishDeliveries,
  type ChannelBacklog,
  type ClaimedDelivery,
} from '../../store/deliveries/deliveries.ts'
import { heldChannels, holdChannel, type HeldChannel } from '../../store/deliveries/held-channels.ts'
import { everySettingVersion } from '../../store/versioned-settings.ts'
import type { Health } from '../../streams/health.ts'
import type { Log } from '../../streams/log.ts'
import { createSleeper, pause } from '../../streams/task/loop.ts'
import { createChannelWarnings } from './channel-warnings.ts'
import type { Outbound } from './outbound.ts'

export interface DispatchOptions {
  readonly database: Database
  readonly outbound: Outbound
  readonly metrics: DeliveryMetrics
  readonly health: Health
  readonly log: Log
  /** Concurrent messages per channel. */
  readonly concurrency: number
  readonly retryPolicy: RetryPolicy
  /** Lease of a claimed delivery in ms; after it, another process may send it. */
  readonly leaseMs: number
}

export interface Dispatch {
  /** Signals that the queue has new deliveries. */
  wake(): void
  /** Returns a warning about channels for the operator, if any. */
  warning(): string | undefined
  stop(): Promise<void>
}

const PIECE = 'Taking deliveries from the queue'
const RECORDING = 'Recording what became of deliveries'
const IDLE_MS = 1_000
const BACK_OFF_MS = 2_000
/**
 * Interval at which backlogs are counted and undeliverable messages are ended. After a failed review the next turn
 * retries it: successful turns in between would hide that it keeps failing.
 */
const REVIEW_MS = 5_000
const LEASE_MS_MIN = 30_000
/** Maximum messages in a digest. */
const DIGEST_MAX = 500
const RETIRED = 'The channel was retired.'

/** Sends the queue: channels independently, messages about one record in order. A failing one blocks no others. */
export function startDispatch(options: DispatchOptions): Dispatch {
  const { database, health, log } = options
  const stopping = new AbortController()
  const sleeper = createSleeper(stopping.signal)
  const warnings = createChannelWarnings()
  const sending = new Map<string, Set<Promise<void>>>()
  let reviewedAt = -Infinity
  /** Time of the next retry by this process; infinite if there is none. */
  let retryAt = Infinity

  function begin(channel: ActiveChannel, claim: string, deliveries: readonly ClaimedDelivery[]): void {
    const ofChannel = sending.get(channel.name) ?? new Set()
    sending.set(channel.name, ofChannel)
    const attempt = attemptOf(options, channel, claim, deliveries, warnings.attempted)
      .then((waitMs) => void (retryAt = Math.min(retryAt, performance.now() + waitMs)))
      .catch((error: unknown) => {
        // The delivery stays claimed until its lease ends, and is then sent again.
        health.failed(RECORDING, error)
        log('warn', 'What became of a delivery could not be recorded', { channel: channel.name, error })
      })
      .finally(() => {
        ofChannel.delete(attempt)
        sleeper.wake()
      })
    ofChannel.add(attempt)
  }

  async function takeOf(channel: ActiveChannel): Promise<void> {
    const busy = sending.get(channel.name)?.size ?? 0
    const digest = channel.value.email !== null && isDigest(channel.value.email)
    const limit = digest ? (busy === 0 ? DIGEST_MAX : 0) : options.concurrency - busy
    if (limit <= 0) return
    const claim = randomUUID()
    // A webhook exchange has a single deadline; an email or a record of a topic may take longer.
    const leaseMs = channel.value.webhook === null ? Math.max(LEASE_MS_MIN, options.leaseMs) : options.leaseMs
    const taken = await claimDeliveries(database, { channel: channel.name, limit, leaseMs, claim, inOrder: !digest })
    if (digest && taken.length > 0) begin(channel, claim, taken)
    if (!digest) for (const one of taken) begin(channel, claim, [one])
  }

  /** Sends due deliveries. Returns how long to sleep in ms unless woken. */
  async function turn(): Promise<number> {
    if (retryAt <= performance.now()) retryAt = Infinity
    const { channels, held } = await channelsNow(database)
    for (const channel of channels)
      if (!stopping.signal.aborted && held.every((one) => one.channel !== channel.name)) await takeOf(channel)
    if (performance.now() - reviewedAt >= REVIEW_MS) {
      warnings.reviewed(channels, held, await review(options, channels, held))
      reviewedAt = performance.now()
    }
    // A new channel gets its first delivery through the queue, which wakes this loop.
    return channels.length === 0 ? REVIEW_MS : IDLE_MS
  }

  async function work(): Promise<void> {
    while (!stopping.signal.aborted) {
      sleeper.beginTurn()
      try {
        const idleMs = await turn()
        health.worked(PIECE)
        await sleeper.sleep(Math.max(0, Math.min(idleMs, retryAt - performance.now())))
      } catch (error) {
        health.failed(PIECE, error)
        log('warn', 'Deliveries wait in the queue', { error })
        await pause(BACK_OFF_MS, stopping.signal)
      }
    }
    await Promise.all([...sending.values()].flatMap((ofChannel) => [...ofChannel]))
  }

  const working = work()
  return {
    wake: sleeper.wake,
    warning: warnings.warning,
    stop() {
      stopping.abort()
      return working
    },
  }
}

/** Returns the active and the held channels. A channel is held in one version, so that a change releases it. */
async function channelsNow(
  database: Database,
): Promise<{ readonly channels: readonly ActiveChannel[]; readonly held: readonly HeldChannel[] }> {
  const channels = activeChannels(await everySettingVersion(database, channelSetting))
  if (channels.length === 0) return { channels, held: [] }
  const held = (await heldChannels(database)).filter((one) =>
    channels.some(({ name, version }) => name === one.channel && version === one.version),
  )
  return { channels, held }
}

/** Ends undeliverable messages and counts the backlog. */
async function review(
  { database, metrics, retryPolicy }: DispatchOptions,
  channels: readonly ActiveChannel[],
  held: readonly HeldChannel[],
): Promise<readonly ChannelBacklog[]> {
  const names = channels.map(({ name }) => name)
  await markOtherChannelsDead(database, names, RETIRED)
  for (const { channel, reason } of held) await markOverdueDead(database, channel, retryPolicy.maxAgeMs, reason)
  const backlogs = await channelBacklogs(database)
  metrics.deliveryBacklogs(backlogs)
  return backlogs
}

/** Sends deliveries and records the outcome. Returns the ms until the earliest retry; infinite if there is none. */
async function attemptOf(
  { database, outbound, metrics, health, log, retryPolicy }: DispatchOptions,
  channel: ActiveChannel,
  claim: string,
  deliveries: readonly ClaimedDelivery[],
  onAttempt: (channel: string, failure: string | undefined) => void,
): Promise<number> {
  const { name, version } = channel
  const messages = deliveries.map(({ messageId: id, ...rest }) => ({ id, ...rest }))
  const begun = performance.now()
  const outcome = await outbound.send(channel, messages)
  const durationMs = performance.now() - begun
  if (outcome.kind === 'gone') await holdChannel(database, { channel: name, version, reason: outcome.answer })
  const random = Math.random()
  let soonestMs = Infinity
  for (const delivery of deliveries) {
    const finish = finishOf(outcome, delivery, retryPolicy, random)
    await finishDeliveries(database, claim, [delivery.number], finish)
    if (finish.status === 'waiting') soonestMs = Math.min(soonestMs, finish.waitMs)
    const result = finish.status === 'waiting' ? 'retried' : finish.status
    metrics.deliveryAttempted(name, result, durationMs)
    if (result === 'dead')
      log('error', 'A delivery is dead: nobody has received it', {
        channel: name,
        delivery: delivery.number,
        answer: outcome.answer,
      })
  }
  health.worked(RECORDING)
  onAttempt(name, outcome.kind === 'delivered' ? undefined : outcome.answer)
  if (outcome.kind !== 'delivered')
    log('warn', 'A channel does not take a message', {
      channel: name,
      attempts: deliveries[0]!.attempts,
      answer: outcome.answer,
    })
  return soonestMs
}
