import type { Dataset } from '../../../models/model.ts'
import { random } from '../../../models/random.ts'
import { chiSquare } from '../../../models/selection/chi-square.ts'
import { chiSquareTail, logGamma } from '../../../models/selection/chi-square-tail.ts'
import { selectFeatures, selectionNames } from '../../../models/selection/selection.ts'
import { chosenColumns } from '../../../models/selection/chosen-features.ts'

/** Labels that depend on the first two features, a number and a category; four more features are noise. */
function noisyData(count: number, kind: 'classification' | 'regression'): Dataset {
  const next = random(5)
  const width = 6
  const rows = new Float32Array(count * width)
  const labels = Float64Array.from({ length: count }, (_, row) => {
    const line = [next() * 4 - 2, Math.floor(next() * 3), next(), next(), next(), next()]
    rows.set(line, row * width)
    const margin = 1.5 * line[0]! + (line[1] === 2 ? 2 : -1)
    return kind === 'regression' ? margin + next() : next() < 1 / (1 + Math.exp(-margin)) ? 1 : 0
  })
  return {
    count,
    width,
    rows,
    labels,
    texts: [],
    featureNames: ['signal', 'kind', 'n1', 'n2', 'n3', 'n4'],
    categories: [null, ['a', 'b', 'c'], null, null, null, null],
    times: new Float64Array(count).fill(Number.NaN),
  }
}

describe.each(['classification', 'regression'] as const)('%s', (kind) => {
  const data = noisyData(2000, kind)

  test.each(selectionNames)('%s alone keeps what tells and says why the rest fell out', (way) => {
    const { chosen, dropped } = selectFeatures(data, kind, [way], 1)
    expect([...chosen.subarray(0, 2)]).toEqual([0, 1])
    expect(dropped.length).toBeGreaterThanOrEqual(2)
    expect(dropped.every(({ feature, by, why }) => feature.startsWith('n') && by === way && why.length > 10)).toBe(true)
    expect(chosen.length + dropped.length).toBe(6)
  })

  test('together they go on with what is left', () => {
    const { chosen, dropped } = selectFeatures(data, kind, selectionNames, 1)
    expect([...chosen]).toEqual([0, 1])
    expect(new Set(dropped.map(({ feature }) => feature)).size).toBe(4)
  })
})

test('a method that would leave nothing is skipped', () => {
  const data = noisyData(60, 'classification')
  const next = random(1)
  const noise = { ...data, labels: data.labels.map(() => (next() < 0.5 ? 1 : 0)) }
  expect(selectFeatures(noise, 'classification', ['chi2'], 1)).toEqual({
    chosen: Int32Array.of(0, 1, 2, 3, 4, 5),
    dropped: [],
  })
})

test('Pearson’s statistic of a table of counts', () => {
  // Observed 10, 20 / 30, 5 of 65: expected 18.46…, 11.54… / 21.54…, 13.46….
  const parts = Uint8Array.from([...new Array(30).fill(1), ...new Array(35).fill(2)])
  const classes = Float64Array.from([
    ...new Array(10).fill(0),
    ...new Array(20).fill(1),
    ...new Array(30).fill(0),
    ...new Array(5).fill(1),
  ])
  const { statistic, freedom } = chiSquare(parts, classes)
  expect(statistic).toBeCloseTo(18.7261904762, 8)
  expect(freedom).toBe(1)
})

test.each([
  [3.841458820694124, 1, 0.05],
  [18.307038053275146, 10, 0.05],
  [2.5582121601872063, 10, 0.99],
  [124.34211340400407, 100, 0.05],
  [0, 3, 1],
])('χ² of at least %d with %d degrees of freedom has probability %d', (statistic, freedom, probability) => {
  expect(chiSquareTail(statistic, freedom)).toBeCloseTo(probability, 10)
})

test('logGamma of whole numbers and halves', () => {
  expect(logGamma(1)).toBeCloseTo(0, 13)
  expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 12)
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 13)
})

test('chosen columns keep their rows', () => {
  const { rows, width } = chosenColumns(
    { count: 2, width: 3, rows: Float32Array.of(1, 2, 3, 4, 5, 6), texts: [] },
    [2, 0],
  )
  expect([width, ...rows]).toEqual([2, 3, 1, 6, 4])
})
