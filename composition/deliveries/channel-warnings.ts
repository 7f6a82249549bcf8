import type { ActiveChannel } from '../../deliveries/message.ts'
import type { ChannelBacklog } from '../../store/deliveries/deliveries.ts'
import type { HeldChannel } from '../../store/deliveries/held-channels.ts'

/** Warnings about channels. The platform works in spite of them. */
export interface ChannelWarnings {
  /** Records the outcome of an attempt by this process; `undefined` if it succeeded. */
  attempted(channel: string, failure: string | undefined): void
  /** Records held channels and backlogs of all processes together. */
  reviewed(
    channels: readonly Pick<ActiveChannel, 'name'>[],
    held: readonly HeldChannel[],
    backlogs: readonly ChannelBacklog[],
  ): void
  warning(): string | undefined
}

/** Consecutive failures before a warning, since a single failure may be fixed by the next attempt. */
const TIMES_MIN = 2
const SHOWN_MAX = 3

export function createChannelWarnings(): ChannelWarnings {
  const failing = new Map<string, { readonly times: number; readonly answer: string }>()
  let found: readonly string[] = []
  return {
    attempted(channel, answer) {
      if (answer === undefined) failing.delete(channel)
      else failing.set(channel, { times: (failing.get(channel)?.times ?? 0) + 1, answer })
    },
    reviewed(channels, held, backlogs) {
      for (const name of failing.keys()) if (channels.every((channel) => channel.name !== name)) failing.delete(name)
      found = [
        ...held.map(
          ({ channel, reason }) =>
            `The channel ${channel} is held: ${reason} Change or retire it, or send its deliveries again.`,
        ),
        ...backlogs.flatMap(({ channel, dead }) =>
          dead === 0 ? [] : `${dead} deliveries of the channel ${channel} are dead: see /deliveries?status=dead.`,
        ),
      ]
    },
    warning() {
      const again = [...failing].flatMap(([channel, { times, answer }]) =>
        times < TIMES_MIN
          ? []
          : `The channel ${channel} has failed ${times} times in a row and is tried again: ${answer}`,
      )
      const all = [...again, ...found]
      if (all.length === 0) return undefined
      const others = all.length > SHOWN_MAX ? [`${all.length - SHOWN_MAX} more warnings.`] : []
      return [...all.slice(0, SHOWN_MAX), ...others].join(' ')
    },
  }
}
