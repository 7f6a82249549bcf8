import fc from 'fast-check'
import type { Interval } from '../../../../models/evaluation/bootstrap.ts'
import type { SelectionReport } from '../../../../models/evaluation/selection-report.ts'
import { defaultGate, type GateRules } from '../../../../processors/models/release-gate-setting.ts'
import { decideGate, refusalOf, type GateMeasures } from '../../../../retrainer/lifecycle/gate/decide.ts'

const selection = (weighted: Interval, changes: Partial<SelectionReport> = {}): SelectionReport => ({
  ...{ rows: 400, unknown: 0, unreachable: 0, notActed: 0, weighed: 400, explored: 30 },
  ...{ weightMax: 100, clipped: 0, effectiveRows: 90, metrics: {} },
  difference: { unweighted: { estimate: -0.1, lower: -0.15, upper: -0.05 }, weighted },
  ...changes,
})

const good: GateMeasures = {
  difference: { estimate: -0.1, lower: -0.15, upper: -0.05 },
  against: 'champion',
  labels: 400,
  reference: { rows: 40, difference: -0.02 },
  selection: selection({ estimate: -0.05, lower: -0.2, upper: 0.1 }),
  calibrationError: 0.02,
  worstGroup: { attribute: 'profile.age', group: 'below 30', rows: 250, rise: -0.01 },
  rowMs: 0.1,
  outcomes: { subjects: 100, customers: 80, moved: 4, threshold: 0.5, stabilityIndex: 0.05 },
}
const bounds: Partial<GateRules> = { scoreShiftMax: 0.2, movedShareMax: 0.1 }
const decide = (changes: Partial<GateMeasures> = {}, rules: Partial<GateRules> = {}) =>
  decideGate({ version: 3, rules: { ...defaultGate, ...bounds, ...rules } }, { ...good, ...changes })
const failed = (decision: ReturnType<typeof decide>) =>
  decision.checks.filter(({ passed }) => passed === false).map(({ rule }) => rule)

test.each([
  ['loses on them', { rows: 40, difference: 0.001 }, 'loss 0.001 higher on 40 rows'],
  ['has too few of them', { rows: 29, difference: -0.5 }, 'only 29 of the newest rows, and 30 are needed'],
  ['has none of them', { rows: 0, difference: NaN }, 'only 0 of the newest rows, and 30 are needed'],
])('a challenger that %s fails by the labels of the reference sources', (_, reference, words) => {
  const decision = decide({ reference })
  expect(failed(decision)).toEqual(['reference'])
  expect(refusalOf(decision)).toContain(words)
})

test('without reference sources, their rule is not measured', () => {
  const decision = decide({ reference: undefined })
  expect(decision).toMatchObject({ passed: true })
  expect(decision.checks.find(({ rule }) => rule === 'reference')).toMatchObject({ passed: null, value: null })
})

const worse = { estimate: 0.1, lower: 0.01, upper: 0.2 }
test.each([
  ['without propensities', undefined, 'No propensities are on record.'],
  ['without explored rows', selection(worse, { explored: 0 }), 'None of the newest rows was selected at random.'],
  ['worth too few rows', selection(worse, { effectiveRows: 29.4 }), 'that is worth 29.4 rows, and 30 are needed.'],
])('%s, the rule of the selection is not measured, and says so', (_, given, words) => {
  const check = decide({ selection: given }).checks.find(({ rule }) => rule === 'selection')!
  expect(check).toMatchObject({ passed: null, value: null })
  expect(check.says).toContain(words)
})

test('a challenger that meets every rule passes, with every number on record', () => {
  const decision = decide()
  expect(decision).toMatchObject({ version: 3, passed: true, held: false })
  expect(decision.checks.map(({ rule, value, bound }) => [rule, value, bound])).toEqual([
    ['better', -0.05, 0],
    ['labels', 400, 20],
    ['reference', -0.02, 0],
    ['selection', -0.2, 0],
    ['calibration', 0.02, 0.25],
    ['groups', -0.01, 0.1],
    ['latency', 0.1, 250],
    ['shift', 0.05, 0.2],
    ['moved', 0.05, 0.1],
  ])
  expect(refusalOf(decision)).toBe('')
})

test.each([
  ['better', { difference: { estimate: -0.02, lower: -0.05, upper: 0.01 } }],
  ['labels', { labels: 10 }],
  ['selection', { selection: selection({ estimate: 0.1, lower: 0.01, upper: 0.2 }) }],
  ['calibration', { calibrationError: 0.3 }],
  ['groups', { worstGroup: { attribute: 'profile.age', group: 'below 30', rows: 250, rise: 0.2 } }],
  ['latency', { rowMs: 300 }],
  ['shift', { outcomes: { ...good.outcomes!, stabilityIndex: 0.3 } }],
  ['moved', { outcomes: { ...good.outcomes!, moved: 9 } }],
] as const)('the rule %s alone stops a challenger', (rule, changes) => {
  const decision = decide(changes)
  expect(failed(decision)).toEqual([rule])
  expect(decision.passed).toBe(false)
  // Only a better model that would move many customers needs a person.
  expect(decision.held).toBe(rule === 'moved')
  expect(refusalOf(decision)).toContain(`the rule \`${rule}\``)
})

test('a worse model that would move many customers is refused, and not held', () => {
  const decision = decide({
    difference: { estimate: 0.1, lower: 0.05, upper: 0.15 },
    outcomes: { ...good.outcomes!, moved: 79 },
  })
  expect(failed(decision)).toEqual(['better', 'moved'])
  expect(decision.held).toBe(false)
})

test('a margin must be reached by the upper end of the interval', () => {
  expect(decide({}, { lossMarginMin: 0.04 }).passed).toBe(true)
  expect(failed(decide({}, { lossMarginMin: 0.06 }))).toEqual(['better'])
})

test('what was not measured, or has no bound, stops nothing and says so', () => {
  const unknown = { calibrationError: undefined, worstGroup: undefined, rowMs: undefined, outcomes: undefined }
  const decision = decide(unknown)
  expect(decision.passed).toBe(true)
  expect(decision.checks.slice(4).map(({ passed, says }) => [passed, says])).toEqual(
    Array.from({ length: 5 }, () => [null, 'It could not be measured.']),
  )
  expect(decide({ outcomes: { ...good.outcomes!, moved: 80 } }, { movedShareMax: null })).toMatchObject({
    passed: true,
  })
})

test('a stricter bound never lets through what a looser one stops', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(share, share, fc.integer({ min: 0, max: 80 }), (one, other, moved) => {
      const [strict, loose] = [Math.min(one, other), Math.max(one, other)]
      const outcomes = { ...good.outcomes!, moved }
      if (decide({ outcomes }, { movedShareMax: strict }).passed)
        expect(decide({ outcomes }, { movedShareMax: loose }).passed).toBe(true)
    }),
  )
})
