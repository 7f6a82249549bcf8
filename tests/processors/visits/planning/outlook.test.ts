import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { defaultPlanning, type PlanningWeights } from '../../../../processors/visits/planning/default-planning.ts'
import type { OpportunityFacts } from '../../../../processors/visits/planning/opportunity-facts.ts'
import { actionRules, nextAction } from '../../../../processors/visits/planning/next-action.ts'
import { outlookOf } from '../../../../processors/visits/planning/outlook.ts'
import { planningSetting } from '../../../../processors/visits/planning/planning-setting.ts'
import { nextMark, urgencyOf } from '../../../../processors/visits/planning/urgency.ts'
import { opportunityValue } from '../../../../processors/visits/planning/opportunity-value.ts'
import { DAY_MS, START } from '../../scoring-fixtures.ts'

const known = (changes: Partial<OpportunityFacts> = {}): OpportunityFacts => ({
  at: START + 10 * DAY_MS,
  probability: 0.5,
  trend: null,
  visitCount: 2,
  visitsInMonth: 2,
  lastVisitAt: START,
  plannedCloseAt: null,
  stage: null,
  valueMinor: 100_000_00,
  currency: 'CNY',
  agreed: null,
  ...changes,
})

describe('expected value', () => {
  test('is probability × worth × urgency − cost', () => {
    const { outlook } = outlookOf(known(), defaultPlanning)!
    expect(outlook).toMatchObject({ worthMinor: 100_000_00, urgency: 1, expectedValueMinor: 0.5 * 100_000_00 - 300_00 })
  })
  test('another currency is converted by its rate and its minor units, or is unknown and marked so', () => {
    const weights = { ...defaultPlanning, rates: { JPY: 0.05 } }
    expect(opportunityValue({ valueMinor: 1_000_000, currency: 'JPY' }, weights)).toMatchObject({
      worthMinor: 50_000_00,
      worthFrom: 'converted',
      reason: 'Worth 1,000,000 JPY, 50,000 CNY at a rate of 0.05.',
    })
    expect(opportunityValue({ valueMinor: 1_000_000, currency: 'EUR' }, weights)).toMatchObject({
      worthMinor: defaultPlanning.worthIfUnknownMinor,
      worthFrom: 'assumed',
      reason: 'Its value is in EUR, for which no rate is set; 10,000 CNY is assumed.',
    })
    expect(opportunityValue({ valueMinor: null, currency: 'CNY' }, weights).reason).toMatch(/^Its value is not known/)
    expect(opportunityValue({ valueMinor: 5, currency: null }, weights).reason).toMatch(/^Its value has no currency/)
  })
  test('unvisited: the stated probability is assumed; visited and not scored: on no list', () => {
    const unvisited = outlookOf(known({ lastVisitAt: null, visitCount: 0, probability: null }), defaultPlanning)
    expect(unvisited).toMatchObject({
      probability: defaultPlanning.probabilityIfUnvisited,
      outlook: { probabilityAssumed: true, action: { code: 'first-visit' } },
    })
    expect(outlookOf(known({ probability: null }), defaultPlanning)).toBeUndefined()
  })
  test('a visit that costs more than it brings is marked so', () => {
    const { outlook } = outlookOf(known({ valueMinor: 100_00 }), defaultPlanning)!
    expect(outlook.expectedValueMinor).toBeLessThan(0)
    expect(outlook.reasons.at(-1)).toBe('A visit is expected to cost more than it brings.')
  })
})

describe('urgency', () => {
  const timing = (day: number, close: number | null = null) => ({
    at: START + day * DAY_MS,
    lastVisitAt: START,
    plannedCloseAt: close === null ? null : START + close * DAY_MS,
  })
  test('depends on the days since the last visit, and until and since the planned close', () => {
    const days = [0, 2.9, 3, 7, 14, 29, 30, 90, 400]
    expect(days.map((day) => urgencyOf(timing(day), defaultPlanning))).toEqual([
      0.3, 0.3, 0.7, 1, 1.2, 1.2, 1.4, 1, 0.6,
    ])
    expect(urgencyOf(timing(8, 60), defaultPlanning)).toBe(1)
    expect(urgencyOf(timing(8, 38), defaultPlanning)).toBe(1.2)
    expect(urgencyOf(timing(8, 15), defaultPlanning)).toBe(1.5)
    expect(urgencyOf(timing(8, 8), defaultPlanning)).toBe(1.5)
    expect(urgencyOf(timing(50, 8), defaultPlanning)).toBe(1.4)
  })
  test('never changes before the next mark, so that nothing has to be looked at in between', () => {
    const times = fc.record({
      at: fc.integer({ min: 0, max: 500 * 24 }),
      lastVisitAt: fc.option(fc.integer({ min: -500 * 24, max: 0 })),
      plannedCloseAt: fc.option(fc.integer({ min: -500 * 24, max: 500 * 24 })),
      part: fc.double({ min: 0, max: 0.999, noNaN: true }),
    })
    fc.assert(
      fc.property(times, ({ part, ...hours }) => {
        const ms = (hour: number | null) => (hour === null ? null : START + hour * 3_600_000)
        const given = {
          at: ms(hours.at)!,
          lastVisitAt: ms(hours.lastVisitAt),
          plannedCloseAt: ms(hours.plannedCloseAt),
        }
        const mark = nextMark(given)
        const until = mark === undefined ? given.at + 9_999 * DAY_MS : mark
        if (mark !== undefined) expect(mark).toBeGreaterThan(given.at)
        const before = { ...given, at: given.at + Math.floor(part * (until - given.at)) }
        const facts = known({ ...given, valueMinor: 1 })
        expect(urgencyOf(before, defaultPlanning)).toBe(urgencyOf(given, defaultPlanning))
        expect(outlookOf({ ...facts, ...before }, defaultPlanning)).toEqual(outlookOf(facts, defaultPlanning))
      }),
      { numRuns: 500 },
    )
  })
})

describe('the next action', () => {
  test.each<[string, Partial<OpportunityFacts>]>([
    ['first-visit', { lastVisitAt: null, visitCount: 0 }],
    ['keep-promise', { agreed: '下周再约', stage: 'contract' }],
    ['ask-for-decision', { plannedCloseAt: START + 9 * DAY_MS }],
    ['bring-offer', { stage: 'Negotiation' }],
    ['ask-what-changed', { trend: -0.05 }],
    ['visit-this-week', { trend: 0.2 }],
    ['renew-contact', { at: START + 31 * DAY_MS }],
    ['reconsider', { visitCount: 6, probability: 0.1 }],
    ['wait', { at: START + DAY_MS, trend: 0.2 }],
    ['go-on', {}],
  ])('%s', (code, changes) => {
    expect(nextAction(known(changes)).code).toBe(code)
  })
  test('every rule is in the document for salespeople, in order', () => {
    const text = readFileSync(new URL('../../../../docs/priorities.md', import.meta.url), 'utf8')
    const rows = actionRules.map(({ code, when, text: said }) => `| \`${code}\` | ${when} | ${said} |`).join('\n')
    expect(text).toContain(rows)
  })
})

test('reasons are in a salesperson’s words', () => {
  const { outlook } = outlookOf(
    known({
      at: START + 22 * DAY_MS,
      trend: 0.14,
      visitCount: 4,
      visitsInMonth: 3,
      stage: 'sale',
      agreed: '下周再约。',
      plannedCloseAt: START + 25 * DAY_MS,
    }),
    defaultPlanning,
  )!
  expect(outlook.reasons).toEqual([
    'The last report says: “下周再约。”',
    'The last visit raised the probability from 36 % to 50 %.',
    'Visited 4 times, the last 3 within 30 days.',
    'Nobody was there for 21 days or more.',
    'To be closed on 2026-01-26, within 3 days.',
    'Stage: sale.',
    'Worth 100,000 CNY.',
  ])
})

describe('the setting', () => {
  const fault = (changes: Partial<PlanningWeights>) => planningSetting.validate!({ ...defaultPlanning, ...changes }, {})
  test('takes its default', () => expect(fault({})).toBeUndefined())
  test.each<[string, Partial<PlanningWeights>, RegExp]>([
    ['a rate of its own currency', { rates: { CNY: 2 } }, /currency of the organisation/],
    ['a rate of no currency', { rates: { euro: 7 } }, /ISO 4217/],
    ['a rate of nothing', { rates: { EUR: 0 } }, /above 0/],
    ['no first step', { sinceVisit: [{ fromDays: 3, factor: 1 }] }, /begins at fromDays 0/],
    [
      'steps that go down',
      {
        overdue: [
          { fromDays: 7, factor: 1 },
          { fromDays: 3, factor: 1 },
        ],
      },
      /go up in days/,
    ],
  ])('refuses %s', (_, changes, message) => expect(fault(changes)).toMatch(message))
})
