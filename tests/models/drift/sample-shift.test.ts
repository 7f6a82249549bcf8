import { sampleShift, type ClusteredSample } from '../../../models/drift/sample-shift.ts'
import { random } from '../../../models/random.ts'

function sample(seed: number, rows: number, value: (next: () => number) => number, perCustomer = 1): ClusteredSample {
  const next = random(seed)
  return {
    values: Float64Array.from({ length: rows }, () => value(next)),
    clusters: Int32Array.from({ length: rows }, (_, row) => seed * 1_000_000 + Math.floor(row / perCustomer)),
  }
}

test('a shifted level and a changed spread are told from no change', () => {
  const before = sample(1, 1_000, (next) => next())
  const same = sampleShift(
    before,
    sample(2, 1_000, (next) => next()),
    1,
  )
  expect(same.pValue).toBeGreaterThan(0.01)
  expect(same.stabilityIndex).toBeLessThan(0.1)
  expect(same.distance).toBeLessThan(0.08)
  const higher = sampleShift(
    before,
    sample(3, 1_000, (next) => next() + 0.4),
    1,
  )
  expect(higher).toMatchObject({ missingBefore: 0, missingNow: 0 })
  expect(higher.pValue).toBeLessThan(1e-12)
  expect(higher.byPermutation).toBe(1 / 1_000)
  expect(higher.stabilityIndex).toBeGreaterThan(0.25)
  // Uniform on 0 to 1 and on 0.4 to 1.4: the distance is 0.4.
  expect(higher.distance).toBeCloseTo(0.4, 1)
  const narrow = sampleShift(
    before,
    sample(4, 1_000, (next) => 0.4 + next() * 0.2),
    1,
  )
  expect(narrow.pValue).toBeLessThan(1e-12)
})

test('missing values are compared by their share, even if none is known', () => {
  const before = sample(1, 400, (next) => (next() < 0.1 ? Number.NaN : next()))
  const now = sample(2, 400, () => Number.NaN)
  const shift = sampleShift(before, now, 1)
  expect(shift).toMatchObject({ missingNow: 1, stabilityIndex: null, distance: null })
  expect(shift.missingBefore).toBeCloseTo(0.1, 1)
  expect(shift.pValue).toBeLessThan(1e-6)
  const never = sample(3, 400, () => Number.NaN)
  expect(sampleShift(never, now, 1)).toMatchObject({ pValue: 1, byPermutation: 1, missingBefore: 1, missingNow: 1 })
})

test('rows of few customers say less than as many rows of many', () => {
  const values = (seed: number, level: number, perCustomer: number): ClusteredSample => {
    const rows = sample(seed, 400, () => 0, perCustomer)
    const next = random(seed)
    const own = new Map<number, number>()
    return {
      ...rows,
      values: rows.values.map(
        (_, row) => level + (own.get(rows.clusters[row]!) ?? put(own, rows.clusters[row]!, next() * 3)),
      ),
    }
  }
  const put = (own: Map<number, number>, key: number, value: number) => {
    own.set(key, value)
    return value
  }
  const many = sampleShift(values(1, 0, 1), values(2, 0.6, 1), 1)
  const few = sampleShift(values(1, 0, 40), values(2, 0.6, 40), 1)
  expect(many.pValue).toBeLessThan(1e-6)
  expect(few.pValue).toBeGreaterThan(0.01)
})

test('a number without a change is seldom taken for one that changed', () => {
  const found = Array.from({ length: 60 }, (_, run) =>
    sampleShift(
      sample(2 * run + 1, 200, (next) => Math.round(next() * 3), 4),
      sample(2 * run + 2, 200, (next) => Math.round(next() * 3), 4),
      run,
    ),
  ).filter(({ pValue }) => pValue < 0.01)
  expect(found.length).toBeLessThanOrEqual(3)
})

test('of too few rows only the share of missing values is told', () => {
  const shift = sampleShift(
    sample(1, 50, (next) => next()),
    sample(2, 1_000, (next) => next() + 5),
    1,
  )
  expect(shift).toEqual({
    missingBefore: 0,
    missingNow: 0,
    stabilityIndex: null,
    distance: null,
    pValue: 1,
    byPermutation: 1,
  })
})
