import type { ContactRulesValue } from '../../../features/calls/permission/permission-request.ts'
import type { AttemptLimit, CallHours, ContactRule } from '../../../schemas/calls/contact-rules.ts'

export const NOT_ADVICE = 'Not legal advice: have it checked by a lawyer, and change it, before you call anybody by it.'
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri'] as const
export const EVERY_DAY = [...WEEKDAYS, 'sat', 'sun', 'holiday'] as const
export const THREE_YEARS = 1_096
export const FIVE_YEARS = 1_827

export const hours = (days: CallHours['days'], from: string, to: string): CallHours => ({ days, from, to })
export const atMost = (most: number, days: number, of: AttemptLimit['of'] = 'calls'): AttemptLimit => ({
  most,
  days,
  of,
})

type Needed = Pick<ContactRule, 'purposes' | 'channels' | 'hours' | 'retentionDays'>

export const rule = (needed: Needed, more: Partial<ContactRule> = {}): ContactRule => ({
  ...{ attempts: [], consentForm: null, announcement: null, label: null, abandonShareMax: null },
  ...needed,
  ...more,
})

export const law = (value: Omit<ContactRulesValue, 'retired'>): ContactRulesValue => ({ ...value, retired: false })

/**
 * Parses a holiday: `03-08 International Women’s Day` recurs every year, `2026-02-17 Spring Festival` is in that year
 * only.
 */
export const holiday = (text: string): ContactRulesValue['holidays'][number] => {
  const [day, ...words] = text.split(' ') as [string, ...string[]]
  return { date: day.length === 5 ? `--${day}` : day, name: words.join(' ') }
}
