import { calibrationTable, estimateTable } from '../../../models/evaluation/calibration-table.ts'
import { random } from '../../../models/random.ts'
import { calibratedWorld } from './labelled-scores.ts'

describe('calibrationTable', () => {
  it('holds the truth of calibrated scores in almost all of its intervals', () => {
    let held = 0
    let all = 0
    for (let seed = 1; seed <= 40; seed++) {
      const { labels, scores } = calibratedWorld(600, seed)
      for (const { meanScore, lower, upper } of calibrationTable(labels, scores)) {
        all++
        if (lower! <= meanScore && meanScore <= upper!) held++
      }
    }
    expect(all).toBe(400)
    expect(held / all).toBeGreaterThan(0.91)
    expect(held / all).toBeLessThan(0.99)
  })
})

describe('estimateTable', () => {
  it('counts by hand', () => {
    const labels = Float64Array.of(5, 1, 3, 9)
    const estimates = Float64Array.of(4, 1, 2, 8)
    // Bins by estimate: 1, 2 | 4, 8; labels 1, 3 | 5, 9 with standard errors 1 and 2.
    const table = estimateTable(labels, estimates, 2)
    expect(table.map(({ count, meanScore, meanLabel }) => [count, meanScore, meanLabel])).toEqual([
      [2, 1.5, 2],
      [2, 6, 7],
    ])
    expect(table[0]!.lower).toBeCloseTo(2 - 1.959964, 6)
    expect(table[1]!.upper).toBeCloseTo(7 + 2 * 1.959964, 6)
  })

  it('has no interval for a single row', () => {
    expect(estimateTable(Float64Array.of(2), Float64Array.of(3))).toEqual([
      { count: 1, meanScore: 3, meanLabel: 2, lower: null, upper: null },
    ])
  })

  it('keeps each label with its estimate, ties together', () => {
    const next = random(5)
    const estimates = Float64Array.from({ length: 200 }, () => Math.floor(next() * 20))
    const table = estimateTable(estimates, estimates)
    for (const { meanScore, meanLabel, lower, upper } of table) {
      expect(meanLabel).toBe(meanScore)
      expect(lower! <= meanScore && meanScore <= upper!).toBe(true)
    }
  })
})
