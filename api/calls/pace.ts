import { callsToDial, LEVEL_MIN, nextLevel } from '../../features/calls/pacing/level.ts'
import type { ActiveVersion, ContactRulesValue } from '../../features/calls/permission/permission-request.ts'
import { MINUTE_MS } from '../../schemas/durations.ts'
import type { VersionedSetting } from '../../schemas/platform/versioned-setting.ts'
import { pacingOf, setPacing } from '../../store/calls/campaign-pacing.ts'
import type { Reader } from '../../store/database.ts'
import { abandonedCalls, abandonLimit, abandonShareOf } from './abandoned-calls.ts'
import type { StoredCampaign } from './contact-state.ts'

export interface Agents {
  readonly waiting: number
  readonly talking: number
  /** Calls being dialled and not answered yet. */
  readonly ringing: number
}

export interface Pace {
  /** Calls to be dialled now. */
  readonly count: number
  /** Calls per waiting agent. */
  readonly level: number
  /** Share of abandoned calls among those that a person answered; null with progressive pacing, which abandons none. */
  readonly abandonShare: number | null
}

/** Returns how many calls the agents can take. Adapts the level of a predictive campaign at most once a minute. */
export async function paceOf(
  database: Reader,
  { name: campaign, value }: ActiveVersion<StoredCampaign>,
  law: ActiveVersion<ContactRulesValue> | undefined,
  dispositionSetting: VersionedSetting,
  agents: Agents,
  now: number,
): Promise<Pace> {
  if (value.pacing === 'progressive')
    return { count: callsToDial(LEVEL_MIN, agents), level: LEVEL_MIN, abandonShare: null }
  const paced = await pacingOf(database, campaign)
  if (paced !== undefined && now - paced.adaptedAt.getTime() < MINUTE_MS)
    return { count: callsToDial(paced.level, agents), level: paced.level, abandonShare: paced.abandonShare }
  const { share: abandonShareMax } = abandonLimit(law, value)
  const calls = await abandonedCalls(database, campaign, dispositionSetting, now)
  const share = abandonShareOf(calls) ?? 0
  const level = nextLevel({ level: paced?.level ?? LEVEL_MIN, agents, calls, abandonShareMax })
  await setPacing(database, { campaign, level, abandonShare: share, adaptedAt: new Date(now) })
  return { count: callsToDial(level, agents), level, abandonShare: share }
}
