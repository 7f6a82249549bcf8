import fc from 'fast-check'
import { withPurgeGap } from '../../models/purge-gap.ts'
import { timeSplit } from '../../models/split.ts'

const evenly = (count: number) => ({
  times: Float64Array.from({ length: count }, (_, row) => row),
  labels: Float64Array.from({ length: count }, (_, row) => row % 2),
})

test('rows that came less than the gap before the first test row are removed', () => {
  const data = evenly(1_000)
  const split = timeSplit(data.times, 0.25)
  const purged = withPurgeGap(split, data, 100)
  expect([...purged.train]).toEqual([...split.train].filter((row) => row <= 650))
  expect(purged.test).toBe(split.test)
  expect(purged.gapMs).toBe(100)
})

test('a history in which fewer than half of the training rows would remain has no gap', () => {
  const data = evenly(1_000)
  const split = timeSplit(data.times, 0.25)
  expect(withPurgeGap(split, data, 375).train).toHaveLength(376)
  expect(withPurgeGap(split, data, 377)).toEqual({ ...split, gapMs: 0 })
})

test('there is no gap if too few rows would remain, or one class', () => {
  const few = evenly(200)
  expect(withPurgeGap(timeSplit(few.times, 0.25), few, 60)).toMatchObject({ gapMs: 0 })
  const late = { ...evenly(1_000), labels: Float64Array.from({ length: 1_000 }, (_, row) => (row < 700 ? 0 : 1)) }
  const split = timeSplit(late.times, 0.25)
  expect(withPurgeGap(split, late, 100)).toEqual({ ...split, gapMs: 0 })
  expect(withPurgeGap(split, late, 0)).toEqual({ ...split, gapMs: 0 })
})

test('several labels a row count as one class only if all of them are equal', () => {
  const { times } = evenly(1_000)
  const labels = Float64Array.from({ length: 2_000 }, (_, place) =>
    place % 2 === 0 ? Number.NaN : place % 4 === 1 ? 1 : 0,
  )
  expect(withPurgeGap(timeSplit(times, 0.25), { times, labels }, 100)).toMatchObject({ gapMs: 100 })
  const same = labels.map((label) => (Number.isNaN(label) ? label : 1))
  expect(withPurgeGap(timeSplit(times, 0.25), { times, labels: same }, 100)).toMatchObject({ gapMs: 0 })
})

test('whatever the times: training rows are older than the gap, and at least half of them stay', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 150, maxLength: 400 }),
      fc.integer({ min: 0, max: 600 }),
      (drawn, gapMs) => {
        const times = Float64Array.from(drawn).sort()
        const labels = times.map((_, row) => row % 2)
        const split = timeSplit(times, 0.25)
        const purged = withPurgeGap(split, { times, labels }, gapMs)
        const first = times[split.test[0] ?? -1] ?? Infinity
        for (const row of purged.train) expect(first - times[row]!).toBeGreaterThanOrEqual(purged.gapMs)
        expect(purged.train.length).toBeGreaterThanOrEqual(Math.ceil(split.train.length / 2))
        expect([0, gapMs]).toContain(purged.gapMs)
      },
    ),
  )
})
