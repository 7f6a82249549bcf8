import type { ApiResponse } from '../../api.ts'
import { number, percent } from '../../format.ts'
import { t } from '../../words/words.ts'

export type Pacing = ApiResponse<'/campaigns/{name}/pacing'>

export function levelText({ mode, level, levelMax, adaptedAt }: Pacing): string {
  if (mode !== 'predictive') return t('campaigns.oneCallPerWaitingAgent')
  if (adaptedAt === null) return t('campaigns.oneCallPerWaitingAgentUntil')
  return t('campaigns.callsPerWaitingAgentAtMost', { level: number(level), levelMax: number(levelMax) })
}

export function abandonedText({ answered, abandoned, abandonShare, abandonShareMax, limitByRules }: Pacing): string {
  const limit = t('campaigns.theLimitIs', {
    abandonShareMax: percent(abandonShareMax),
    from: limitByRules ? 'rules' : 'none',
  })
  if (abandonShare === null) return t('campaigns.noCallsWereAnsweredByA', { limit })
  return t('campaigns.ofCallsAnsweredByAPerson', { abandonShare: percent(abandonShare), abandoned, answered, limit })
}

/** `bad`: from 90 % of the limit the level is halved; `warn`: from 70 % it no longer rises. */
export function abandonTone({ abandonShare, abandonShareMax }: Pacing): 'good' | 'warn' | 'bad' {
  if (abandonShare === null || abandonShare < 0.7 * abandonShareMax) return 'good'
  return abandonShare < 0.9 * abandonShareMax ? 'warn' : 'bad'
}
