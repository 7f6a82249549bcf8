import { ABANDON_SHARE_DEFAULT } from '../../features/calls/pacing/level.ts'
import { ruleFor } from '../../features/calls/permission/circumstances.ts'
import type { ActiveVersion, ContactRulesValue } from '../../features/calls/permission/permission-request.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import type { VersionedSetting } from '../../schemas/platform/versioned-setting.ts'
import { countAbandoned, type AbandonedCount } from '../../store/calls/campaign-pacing.ts'
import type { Reader } from '../../store/database.ts'
import type { StoredCampaign } from './contact-state.ts'
import { dispositionCodes } from './disposition-codes.ts'

/** Days over which the abandon share is measured, as telemarketing laws do. */
export const ABANDON_DAYS = 30

/** Counts a campaign's answered and abandoned calls of the last `ABANDON_DAYS` days, by disposition. `now`: ms. */
export async function abandonedCalls(
  database: Reader,
  campaign: string,
  dispositionSetting: VersionedSetting,
  now: number,
): Promise<AbandonedCount> {
  const codes = await dispositionCodes(database, dispositionSetting)
  return countAbandoned(database, {
    ...{ campaign, since: new Date(now - ABANDON_DAYS * DAY_MS) },
    answered: codes(({ answeredBy }) => answeredBy === 'person'),
    abandoned: codes(({ abandoned }) => abandoned),
  })
}

/** Returns abandoned ÷ answered; null if no person answered a call. */
export function abandonShareOf({ answered, abandoned }: AbandonedCount): number | null {
  return answered === 0 ? null : abandoned / answered
}

export interface AbandonLimit {
  readonly share: number
  /** Whether the contact rules set this limit; if not, it is the default. */
  readonly isByRules: boolean
}

/** Returns the largest share of abandoned calls that a campaign may have. */
export function abandonLimit(
  law: ActiveVersion<ContactRulesValue> | undefined,
  campaign: StoredCampaign,
): AbandonLimit {
  const named = (law === undefined ? undefined : ruleFor(law.value, campaign))?.abandonShareMax ?? null
  return { share: named ?? ABANDON_SHARE_DEFAULT, isByRules: named !== null }
}
