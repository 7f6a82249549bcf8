import {
  ATTEMPTS_MAX,
  type CampaignValue,
  type ActiveVersion,
  type CustomerContactData,
  type ContactRulesValue,
} from '../../features/calls/permission/permission-request.ts'
import type { Campaign } from '../../schemas/calls/campaigns.ts'
import { ATTEMPT_DAYS_MAX } from '../../schemas/calls/contact-rules.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import type { VersionedSetting } from '../../schemas/platform/versioned-setting.ts'
import { factsOfCallers } from '../../store/calls/callers.ts'
import type { Reader } from '../../store/database.ts'
import { decisiveAsOf } from '../../store/operations/sink-progress.ts'
import { newestSetting } from '../../store/versioned-settings.ts'
import { activeSetting } from '../versioned-settings.ts'
import type { ApiPorts } from '../ports.ts'
import { currentTime } from '../current-time.ts'

/** The fields of a campaign that permission and pacing depend on. */
export type StoredCampaign = CampaignValue & Pick<Campaign, 'pacing'>

interface ContactState {
  /** Current time in ms since 1970, by the simulated clock if there is one. */
  readonly now: number
  /** Age of the stored facts in ms; `undefined` if unknown. */
  readonly knownAgeMs: number | undefined
  /** The requested customers that exist, by id. */
  readonly customers: ReadonlyMap<string, CustomerContactData>
}

/** One day longer than the window in which attempts count: local days begin up to 14 hours before the UTC day. */
export const ATTEMPTS_SINCE_MS = (ATTEMPT_DAYS_MAX + 1) * DAY_MS

/** Loads what the permission decision needs to know of these customers. */
export async function contactState(
  ports: Pick<ApiPorts, 'simulatedClock'> & { readonly database: Reader },
  customerIds: readonly string[],
): Promise<ContactState> {
  const { database } = ports
  // Read before the facts, so that the facts are at least this fresh.
  const asOf = await decisiveAsOf(database)
  // The absolute difference, so that a clock that runs ahead can't make stale facts look fresh.
  const knownAgeMs = asOf === undefined ? undefined : Math.abs(Date.now() - asOf.getTime())
  const now = currentTime(ports)
  const since = new Date(now - ATTEMPTS_SINCE_MS)
  const asked = { customerIds, now: new Date(now), since, attemptsMax: ATTEMPTS_MAX }
  return { now, knownAgeMs, customers: await factsOfCallers(database, asked) }
}

/** Returns the active contact rules of a jurisdiction; `undefined` if it has none. */
export async function activeContactRules(
  database: Reader,
  setting: VersionedSetting,
  jurisdiction: string,
): Promise<ActiveVersion<ContactRulesValue> | undefined> {
  const set = await newestSetting(database, setting, jurisdiction)
  if (set !== undefined) return { name: jurisdiction, version: set.version, value: set.value as ContactRulesValue }
  const value = setting.defaults.get(jurisdiction)
  return value === undefined ? undefined : { name: jurisdiction, version: 0, value: value as ContactRulesValue }
}

/** Returns the active version of a campaign. Throws a problem if there is no such campaign. */
export async function activeCampaign(
  database: Reader,
  setting: VersionedSetting,
  name: string,
): Promise<ActiveVersion<StoredCampaign>> {
  const { version, value } = await activeSetting(database, setting, name)
  return { name, version, value: value as StoredCampaign }
}
