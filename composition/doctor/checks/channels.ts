import { readSecret } from '../../../config.ts'
import { activeChannels } from '../../../deliveries/message.ts'
import { channelSetting } from '../../../processors/deliveries/channel-setting.ts'
import { channelBacklogs } from '../../../store/deliveries/deliveries.ts'
import { heldChannels } from '../../../store/deliveries/held-channels.ts'
import { everySettingVersion } from '../../../store/versioned-settings.ts'
import { ok, warning, type Check, type Finding } from '../check.ts'

/** A delivery channel, by its name only: addresses and answers of receivers may hold personal data. */
export interface ChannelState {
  readonly name: string
  readonly missingSecrets: readonly string[]
  readonly held: boolean
  readonly dead: number
}

/** Looks at the channels without sending anything: `scoreline deliveries test` does that. */
export const channels: Check = {
  name: 'channels',
  needs: 'postgres',
  async run({ config, database }) {
    const [versions, held, backlogs] = await Promise.all([
      everySettingVersion(database(), channelSetting),
      heldChannels(database()),
      channelBacklogs(database()),
    ])
    const states = activeChannels(versions).map(({ name, value }) => ({
      name,
      missingSecrets: (value.webhook?.secrets ?? []).filter((secret) => readSecret(config, secret) === undefined),
      held: held.some(({ channel }) => channel === name),
      dead: backlogs.find(({ channel }) => channel === name)?.dead ?? 0,
    }))
    return channelFindings(states)
  },
}

export function channelFindings(states: readonly ChannelState[]): Finding[] {
  const findings = states.flatMap(({ name, missingSecrets, held, dead }) => [
    ...missingSecrets.map((secret) =>
      warning(
        `The channel ${name} names the secret ${secret}, which is not set here.`,
        `Set DELIVERY_SECRET_${secret} where deliveries are sent.`,
      ),
    ),
    ...(held ? [warning(`The channel ${name} is held.`, 'See /deliveries, then change or retire the channel.')] : []),
    ...(dead > 0
      ? [warning(`The channel ${name} has ${dead} dead deliveries.`, 'See `scoreline deliveries list --status dead`.')]
      : []),
  ])
  if (findings.length > 0) return findings
  const names = states.map(({ name }) => name).join(', ')
  return [
    ok(
      states.length === 0
        ? 'There are no channels.'
        : `The channels ${names} have their secrets and no dead deliveries.`,
    ),
  ]
}
