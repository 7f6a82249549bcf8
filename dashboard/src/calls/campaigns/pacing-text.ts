import type { ApiResponse } from '../../api.ts'
import { count, number, percent } from '../../format.ts'

export type Pacing = ApiResponse<'/campaigns/{name}/pacing'>

export function levelText({ mode, level, levelMax, adaptedAt }: Pacing): string {
  if (mode !== 'predictive') return 'One call per waiting agent.'
  if (adaptedAt === null)
    return 'One call per waiting agent, until the call system reports how many agents are waiting.'
  return `${number(level)} calls per waiting agent, at most ${number(levelMax)}.`
}

export function abandonedText({ answered, abandoned, abandonShare, abandonShareMax, limitByRules }: Pacing): string {
  const limit = `The limit is ${percent(abandonShareMax)}${limitByRules ? '' : ' by default, because the contact rules set none'}.`
  if (abandonShare === null) return `No calls were answered by a person in the last 30 days. ${limit}`
  return `${percent(abandonShare)} of calls answered by a person in the last 30 days: ${count(abandoned)} of ${count(answered)}. ${limit}`
}

/** `bad`: from 90 % of the limit the level is halved; `warn`: from 70 % it no longer rises. */
export function abandonTone({ abandonShare, abandonShareMax }: Pacing): 'good' | 'warn' | 'bad' {
  if (abandonShare === null || abandonShare < 0.7 * abandonShareMax) return 'good'
  return abandonShare < 0.9 * abandonShareMax ? 'warn' : 'bad'
}
