import { driftsIn, names, normal, numbers } from './drift-streams.ts'

const shifted = (level: (row: number) => number, seed = 1, rows = 10_000) =>
  numbers(rows, seed, (next) => (row) => normal(next) + level(row))

describe('a planted drift raises one alarm, soon', () => {
  test.each([1, 2, 3, 4, 5])('abrupt, of one standard deviation (seed %d)', async (seed) => {
    const found = driftsIn(shifted((row) => (row < 5_000 ? 0 : 1), seed))
    expect(found).toHaveLength(1)
    expect(found[0]!.row).toBeGreaterThan(5_000)
    expect(found[0]!.row).toBeLessThanOrEqual(5_200)
    expect(Math.abs(found[0]!.onset - 5_000)).toBeLessThanOrEqual(100)
    expect(found[0]!.drift.settledAt).toBeDefined()
  })

  test('abrupt, of half a standard deviation, early in the stream', () => {
    const found = driftsIn(shifted((row) => (row < 2_000 ? 0 : 0.5)))
    expect(found).toHaveLength(1)
    expect(found[0]!.row).toBeGreaterThan(2_000)
    expect(found[0]!.row).toBeLessThanOrEqual(2_600)
  })

  test('gradual: more and more rows are of the new kind', () => {
    const found = driftsIn(
      numbers(10_000, 7, (next) => (row) => normal(next) + (next() < (row - 4_000) / 2_000 ? 1 : 0)),
    )
    expect(found).toHaveLength(1)
    expect(found[0]!.row).toBeGreaterThan(4_000)
    expect(found[0]!.row).toBeLessThanOrEqual(5_000)
  })

  test('incremental: along a line to the end', () => {
    const found = driftsIn(shifted((row) => Math.max(0, (row - 4_000) / 2_000), 3))
    expect(found).toHaveLength(1)
    expect(found[0]!.row).toBeGreaterThan(4_000)
    expect(found[0]!.row).toBeLessThanOrEqual(5_500)
  })

  test('recurring: each change is found, and that it is back to before', () => {
    const found = driftsIn(shifted((row) => Math.floor(row / 2_500) % 2))
    expect(found).toHaveLength(3)
    for (const [at, onset] of [2_500, 5_000, 7_500].entries()) {
      expect(found[at]!.row).toBeGreaterThan(onset)
      expect(found[at]!.row).toBeLessThanOrEqual(onset + 300)
    }
    expect(found.map(({ drift }) => drift.returnsTo)).toEqual([undefined, 0, found[1]!.drift.regime.from])
  })

  test('step by step in one direction: each step is a drift', () => {
    const found = driftsIn(shifted((row) => Math.floor(row / 2_500)))
    expect(found.map(({ onset }) => Math.round(onset / 100) * 100)).toEqual([2_500, 5_000, 7_500])
  })

  test('a spread that grows while the median stays', () => {
    const [found, ...others] = driftsIn(numbers(8_000, 4, (next) => (row) => normal(next) * (row < 4_000 ? 1 : 2)))
    expect(found).toMatchObject({ measure: 'spread' })
    expect(others).toEqual([])
  })
})

describe('what may change in a column', () => {
  test('the rate of missing values', () => {
    const [found, ...others] = driftsIn(
      numbers(6_000, 2, (next) => (row) => (next() < (row < 3_000 ? 0.02 : 0.15) ? Number.NaN : normal(next))),
    )
    expect(found).toMatchObject({ measure: 'missing rate' })
    expect(found!.row).toBeLessThanOrEqual(3_400)
    expect(others).toEqual([])
  })

  test('the share of a name', () => {
    const [found] = driftsIn(
      names(6_000, 3, 3, (next) => (row) => (next() < (row < 3_000 ? 0.2 : 0.4) ? 0 : next() < 0.5 ? 1 : 2)),
    )
    expect(found!.measure).toBe('share')
    expect(found!.row).toBeGreaterThan(3_000)
  })

  test('names that were not there before', () => {
    const [found] = driftsIn(
      names(6_000, 3, 4, (next) => (row) => (row > 3_000 && next() < 0.1 ? 3 : Math.floor(3 * next()))),
    )
    expect(found!.measure).toBe('unseen categories')
  })

  test('a value that never changed until it did', () => {
    const found = driftsIn(numbers(4_000, 1, () => (row) => (row < 2_000 ? 5 : 6)))
    expect(found).toHaveLength(1)
    expect(found[0]!.row).toBeLessThanOrEqual(2_100)
  })

  test('a column that is constant, or missing everywhere, raises none', () => {
    expect(driftsIn(numbers(4_000, 1, () => () => 5))).toEqual([])
    expect(driftsIn(numbers(4_000, 1, () => () => Number.NaN))).toEqual([])
  })

  test('a drift in a cycle is found', () => {
    const found = driftsIn(
      numbers(
        10_000,
        6,
        (next) => (row) => 1.5 * Math.sin((2 * Math.PI * row) / 250) + normal(next) + (row < 6_000 ? 0 : 1.5),
      ),
    )
    expect(found).toHaveLength(1)
    expect(found[0]!.row).toBeGreaterThan(6_000)
    expect(found[0]!.row).toBeLessThanOrEqual(7_500)
  })
})

test('an alarm depends on no later row', () => {
  const whole = shifted((row) => (row < 5_000 ? 0 : 1), 9)
  const [found] = driftsIn(whole)
  const values = whole.kind === 'number' ? whole.values.slice() : new Float64Array(0)
  for (let row = found!.row; row < values.length; row++) values[row] = 1_000 * Math.sin(row)
  const [again] = driftsIn({ kind: 'number', values })
  expect([again!.row, again!.onset]).toEqual([found!.row, found!.onset])
})
