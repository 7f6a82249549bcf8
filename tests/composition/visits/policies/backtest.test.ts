import fc from 'fast-check'
import { backtest, type History } from '../../../../composition/visits/policies/backtest.ts'
import { backtestText } from '../../../../composition/visits/policies/backtest-text.ts'
import { byTime, findPolicyEvidence, computeVerdicts } from '../../../../composition/visits/apply-policy.ts'
import { noPlaces } from '../../../../composition/visits/known-places.ts'
import { visitFacts, type VisitFacts } from '../../../../features/visits/visit-facts.ts'
import { rulePoints } from '../../../../processors/visits/evidence/ruled-visits.ts'
import { builtInPolicy } from '../../../../processors/visits/policies/active-policy.ts'
import { DAY_MS } from '../../../../schemas/durations.ts'
import { noConditions, type PolicyContent } from '../../../../schemas/visits/policies.ts'
import { reportOnly } from '../../../../schemas/visits/visits.ts'
import { lenient } from '../../../processors/visits/policies/policy-fixtures.ts'

const START = Date.UTC(2026, 0, 1)
const place = { latitude: 31.2, longitude: 121.5, accuracyM: 10, ageS: 5 }

function factsOf(
  number: number,
  changes: { at: number; mocked?: boolean; person?: string; probability?: number },
): VisitFacts {
  const { at, mocked = false, person = 's1', probability = 0.5 } = changes
  const told = {
    ...reportOnly,
    ...{ visitId: `v${number}`, opportunityId: `o${number % 5}`, customerId: `c${number % 5}`, salespersonId: person },
    ...{ occurredAt: at, text: null, probability, place: { ...place, mocked } },
  }
  return visitFacts(told, Number.POSITIVE_INFINITY).facts
}

const historyOf = (visits: readonly VisitFacts[], changes: Partial<History> = {}): History => {
  const sorted = visits.toSorted(byTime)
  return {
    visits: sorted,
    from: START,
    until: START + 10 * DAY_MS,
    truncated: false,
    points: rulePoints(sorted),
    places: noPlaces,
    known: new Map(),
    ...changes,
  }
}
const limit = { shareMax: 0.3, allowance: 1 }
const inForce = { ...lenient, version: 4 }
const setting = (kind: string, falseWeight: number, parameters = {}) => ({
  kind,
  falseWeight,
  invalidWeight: 0,
  parameters,
})
/** Gives all other kinds of evidence the weight 0. */
const mocked = (falseWeight: number): PolicyContent => ({
  ...lenient,
  evidence: [setting('mocked-place', falseWeight)],
})

test('new, vanished and unchanged flags, by person and day, with examples; earlier visits are compared with only', () => {
  const visits = [
    factsOf(0, { at: START - DAY_MS, mocked: true }),
    factsOf(1, { at: START + 1, mocked: true }),
    factsOf(2, { at: START + 2, mocked: true, person: 's2' }),
    factsOf(3, { at: START + DAY_MS, person: 's2' }),
  ]
  const known = new Map([
    ['v1', true],
    ['v2', false],
  ])
  const report = backtest(historyOf(visits, { known }), { ...inForce, ...mocked(0) }, mocked(1), limit)
  expect(report).toMatchObject({
    visits: 3,
    earlierVisits: 1,
    inForce: { version: 4, suspectedFalse: 0 },
    candidate: { suspectedFalse: 2 },
    ...{ new: 2, vanished: 0, unchanged: 0 },
    knownFalse: { visits: 1, inForce: 0, candidate: 1 },
    knownFine: { visits: 1, inForce: 0, candidate: 1 },
    heldBy: { day: '2026-01-01', visits: 2, flagged: 2, allowed: 1 },
    byDay: [
      { day: '2026-01-01', visits: 2, inForce: 0, candidate: 2 },
      { day: '2026-01-02', visits: 1, candidate: 0 },
    ],
    bySalesperson: [
      { salespersonId: 's1', visits: 1, new: 1 },
      { salespersonId: 's2', visits: 2, new: 1 },
    ],
    examples: { new: [{ visitId: 'v1', reasons: [expect.stringMatching(/^mocked-place: /)] }, { visitId: 'v2' }] },
  })
  const back = backtest(historyOf(visits, { known }), { ...inForce, ...mocked(1) }, mocked(0), limit)
  expect(back).toMatchObject({ new: 0, vanished: 2, heldBy: null, examples: { vanished: [{}, {}] } })
  expect([...backtestText(report)].join('\n')).toMatch(
    /New flags: 2\. Vanished: 0[^]*It would be held: it flags 2 of 2 visits of 2026-01-01, and 1 are allowed\.$/,
  )
  expect([...backtestText(back)].at(-1)).toBe('It keeps its limit on every day: it can be activated.')
})

test('each of two compared policies gives the same results as alone', () => {
  const visits = fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: 9 * DAY_MS }).map((ms) => START + ms),
      mocked: fc.boolean(),
      person: fc.constantFrom('s1', 's2'),
      probability: fc.constantFrom(0.1, 0.5),
    }),
    { maxLength: 25 },
  )
  const policy = fc.record({
    rules: fc.constantFrom(
      [],
      [{ ...noConditions, verdict: 'invalid' as const, visitCountMin: 2, probabilityBelow: 0.2 }],
    ),
    evidence: fc.constantFrom(
      [],
      [setting('mocked-place', 0)],
      [setting('mocked-place', 1)],
      [setting('impossible-travel', 1), setting('mocked-place', 0.2)],
      [setting('one-place-many-customers', 1, { customersMin: 2 })],
    ),
    falseFrom: fc.constantFrom(0.3, 0.5, 1),
    invalidFrom: fc.constant(0.5),
    sharedDevices: fc.constant([]),
  }) as fc.Arbitrary<PolicyContent>
  fc.assert(
    fc.property(visits, policy, policy, (made, one, other) => {
      const history = historyOf(made.map((changes, i) => factsOf(i, changes)))
      const flaggedBy = (alone: PolicyContent) =>
        [
          ...computeVerdicts(
            alone,
            history.visits,
            findPolicyEvidence(alone, history.visits, noPlaces),
            history.points,
          ).values(),
        ].filter(({ verdict }) => verdict !== 'fine').length
      const report = backtest(history, { ...one, version: 1 }, other, limit)
      expect(report.unchanged + report.vanished).toBe(flaggedBy(one))
      expect(report.unchanged + report.new).toBe(flaggedBy(other))
      const same = backtest(history, { ...one, version: 1 }, one, limit)
      expect([same.new, same.vanished]).toEqual([0, 0])
    }),
    { numRuns: 200 },
  )
})

test('the built-in policy compared with itself changes nothing', () => {
  const visits = [1, 2, 3].map((i) => factsOf(i, { at: START + i * DAY_MS, mocked: i === 2 }))
  expect(backtest(historyOf(visits), builtInPolicy, builtInPolicy, limit)).toMatchObject({
    new: 0,
    vanished: 0,
    unchanged: 1,
  })
})
