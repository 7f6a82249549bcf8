import { outlyingLabels } from '../../../retrainer/lifecycle/outlying-labels.ts'
import { DAY_MS } from '../../../schemas/durations.ts'
import type { LabelGroup } from '../../../store/models/label-holds.ts'

const week = (period: number, mean: number, changes: Partial<LabelGroup> = {}): LabelGroup => ({
  ...{ kind: 'source', name: 'crm', period, labels: 100, mean, variance: mean * (1 - mean) },
  ...changes,
})
const usual = [0.2, 0.25, 0.18, 0.22, 0.2].map((mean, period) => week(period, mean))

test('a week of a source with an outlying mean is held, with the figures', () => {
  const [hold, ...others] = outlyingLabels('conversion', [...usual, week(5, 0.95, { name: 'partner' })], 0.3)
  expect(others).toEqual([])
  expect(hold).toMatchObject({ task: 'conversion', kind: 'source', name: 'partner', labels: 100, mean: 0.95 })
  expect(hold!.usual).toBeCloseTo(0.21, 10)
  expect(hold!.knownFrom).toEqual(new Date(35 * DAY_MS))
  expect(hold!.knownTo).toEqual(new Date(42 * DAY_MS))
  expect(hold!.reason).toContain('of the source partner that became known in the week from 1970-02-05 is 0.95')
})

test('small differences, few labels and too few weeks to compare with hold nothing', () => {
  expect(outlyingLabels('x', [...usual, week(5, 0.55)], 0.3)).toEqual([])
  expect(outlyingLabels('x', [...usual, week(5, 1, { labels: 19, variance: 0 })], 0.3)).toEqual([])
  expect(outlyingLabels('x', [...usual.slice(0, 2), week(5, 0.95)], 0.3)).toEqual([])
})

test('reviewers are compared with reviewers; equal labels of a few are no proof', () => {
  const reviewers = usual.map((group) => ({ ...group, kind: 'reviewer' as const, name: 'Ann' }))
  const held = outlyingLabels('x', [...reviewers, week(5, 0.02, { kind: 'reviewer', name: 'Bob' })], 0.1)
  expect(held).toMatchObject([{ kind: 'reviewer', name: 'Bob' }])
  expect(outlyingLabels('x', [...usual, week(5, 0, { labels: 20, variance: 0 })], 0.15)).toEqual([])
})

test('a minority of poisoned weeks does not move what is usual', () => {
  const flood = Array.from({ length: 4 }, (_, period) =>
    week(period, 1, { name: 'partner', labels: 10_000, variance: 0 }),
  )
  expect(outlyingLabels('x', [...usual, ...flood], 0.3).map(({ name }) => name)).toEqual(flood.map(({ name }) => name))
})
