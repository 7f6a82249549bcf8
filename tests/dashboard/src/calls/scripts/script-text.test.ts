import {
  byGroup,
  groupText,
  retirementTexts,
  statusLabel,
  upliftLabel,
  versionText,
  type GroupResult,
  type Retirement,
} from '../../../../../dashboard/src/calls/scripts/script-text.ts'

const result = (targetGroup: string | null, template: string, status: string, language = 'en') =>
  ({ targetGroup, template, status, language }) as GroupResult

test('results are split by group and language: customers in no group first, scripts in use first', () => {
  const groups = byGroup([
    result('firms', 'a', 'replaced'),
    result('firms', 'b', 'retired'),
    result('firms', 'c', 'chosen'),
    result('firms', 'd', 'chosen', 'zh'),
    result(null, 'e', 'chosen'),
  ])
  expect(groups.map((rows) => rows.map(({ template }) => template))).toEqual([['e'], ['c', 'b', 'a'], ['d']])
})

test('a decision is described with its figures and those of its peers', () => {
  const peer = { template: 'b', templateVersion: 0, decided: 0, converted: 0, probabilityBest: null }
  const one = {
    converted: 6,
    decided: 200,
    probabilityBest: 0.004,
    bound: 0.01,
    peers: [peer],
  } as unknown as Retirement
  expect(retirementTexts(one)).toEqual({
    own: '6 of 200 calls converted (3.0 %), 0.4 % likely to be the best; below 1.0 % it is retired',
    peers: ['b, built-in version: no call with a known outcome'],
  })
  expect(retirementTexts({ ...one, probabilityBest: null }).own).toContain('too few calls to compare it')
})

test('an uplift is put into words by its interval, not by its value', () => {
  const label = (lower: number | null, upper: number | null) => upliftLabel({ value: 0.1, lower, upper }).label
  expect([label(0.01, 0.2), label(-0.2, -0.01), label(-0.01, 0.2), label(null, null)]).toEqual([
    ...['Would convert more', 'Would convert less', 'No clear difference', 'Too few calls to tell'],
  ])
  expect(upliftLabel(null).label).toBe('Too few calls to tell')
})

test('names of versions, groups and states', () => {
  expect([versionText('a', 0), versionText('a', 3)]).toEqual(['a, built-in version', 'a, version 3'])
  expect([groupText(null), groupText('firms')]).toEqual(['Customers in no target group', 'Target group firms'])
  expect([statusLabel('retired').tone, statusLabel('of-later').label]).toEqual(['bad', 'Of later'])
})
