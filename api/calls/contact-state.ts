import {
  ATTEMPTS_MAX,
  type CampaignOf,
  type InForce,
  type KnownCaller,
  type LawOf,
} from '../../features/calls/permission/question.ts'
import type { Campaign } from '../../schemas/calls/campaigns.ts'
import { ATTEMPT_DAYS_MAX } from '../../schemas/calls/contact-rules.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import type { VersionedSetting } from '../../schemas/platform/versioned-setting.ts'
import { factsOfCallers } from '../../store/calls/callers.ts'
import type { Reader } from '../../store/database.ts'
import { decisiveAsOf } from '../../store/operations/sink-progress.ts'
import { newestSetting } from '../../store/versioned-settings.ts'
import { settingInForce } from '../versioned-settings.ts'
import type { ApiPorts } from '../ports.ts'
import { readingTime } from '../reading-time.ts'

/** What is asked of a campaign. */
export type StoredCampaign = CampaignOf & Pick<Campaign, 'pacing'>

interface ContactState {
  /** By the clock of the simulated world, if there is one. ms since 1970. */
  readonly now: number
  /** How old what is known is; `undefined`: not known. */
  readonly knownAgeMs: number | undefined
  /** Those that are known. */
  readonly customers: ReadonlyMap<string, KnownCaller>
}

/** A day more than attempts are counted: local days begin up to 14 hours earlier. */
export const ATTEMPTS_SINCE_MS = (ATTEMPT_DAYS_MAX + 1) * DAY_MS

/** What is known of these customers now. */
export async function contactState(
  ports: Pick<ApiPorts, 'simulatedClock'> & { readonly database: Reader },
  customerIds: readonly string[],
): Promise<ContactState> {
  const { database } = ports
  // Before the facts are read: they may only be newer than that.
  const asOf = await decisiveAsOf(database)
  // A clock that is ahead would hide how old it is.
  const knownAgeMs = asOf === undefined ? undefined : Math.abs(Date.now() - asOf.getTime())
  const now = readingTime(ports)
  const since = new Date(now - ATTEMPTS_SINCE_MS)
  const asked = { customerIds, now: new Date(now), since, attemptsMax: ATTEMPTS_MAX }
  return { now, knownAgeMs, customers: await factsOfCallers(database, asked) }
}

/** `undefined`: there are no rules for that jurisdiction. */
export async function lawInForce(
  database: Reader,
  setting: VersionedSetting,
  jurisdiction: string,
): Promise<InForce<LawOf> | undefined> {
  const set = await newestSetting(database, setting, jurisdiction)
  if (set !== undefined) return { name: jurisdiction, version: set.version, value: set.value as LawOf }
  const value = setting.defaults.get(jurisdiction)
  return value === undefined ? undefined : { name: jurisdiction, version: 0, value: value as LawOf }
}

/** Throws a problem if there is none of that name. */
export async function campaignInForce(
  database: Reader,
  setting: VersionedSetting,
  name: string,
): Promise<InForce<StoredCampaign>> {
  const { version, value } = await settingInForce(database, setting, name)
  return { name, version, value: value as StoredCampaign }
}
