import {
  abandonedText,
  abandonTone,
  levelText,
  type Pacing,
} from '../../../../../dashboard/src/calls/campaigns/pacing-text.ts'
import { LEVEL_MAX, nextLevel } from '../../../../../features/calls/pacing/level.ts'

const pacing = (changes: Partial<Pacing> = {}): Pacing => ({
  ...{ campaign: 'spring', mode: 'predictive', level: 1.3, levelMax: LEVEL_MAX, adaptedAt: '2026-06-15T09:00:00.000Z' },
  ...{ answered: 200, abandoned: 3, abandonShare: 0.015, abandonShareMax: 0.03, limitByRules: true },
  ...changes,
})

test('how many calls are made for each agent', () => {
  expect(levelText(pacing())).toBe('1.3 calls per waiting agent, at most 4.')
  expect(levelText(pacing({ adaptedAt: null }))).toContain('until the call system reports how many agents are waiting')
  expect(levelText(pacing({ mode: 'progressive' }))).toBe('One call per waiting agent.')
})

test('the share of abandoned calls stands beside its limit', () => {
  expect(abandonedText(pacing())).toBe(
    '1.5 % of calls answered by a person in the last 30 days: 3 of 200. The limit is 3.0 %.',
  )
  expect(abandonedText(pacing({ abandonShare: null, limitByRules: false }))).toBe(
    'No calls were answered by a person in the last 30 days. The limit is 3.0 % by default, because the contact rules set none.',
  )
})

test('it warns if the level no longer rises, and alerts if the level is halved', () => {
  const agents = { waiting: 9, talking: 1 }
  for (const abandonShare of [0, 0.02, 0.0211, 0.026, 0.0271, 0.1]) {
    const calls = { answered: 1e7, abandoned: abandonShare * 1e7 }
    const level = nextLevel({ level: 2, agents, calls, abandonShareMax: 0.03 })
    const expected = level > 2 ? 'good' : level === 2 ? 'warn' : 'bad'
    expect([abandonShare, abandonTone(pacing({ abandonShare }))]).toEqual([abandonShare, expected])
  }
  expect(abandonTone(pacing({ abandonShare: null, abandonShareMax: 0 }))).toBe('good')
})
