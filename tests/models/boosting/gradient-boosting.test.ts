import { gbm, gbmRate } from '../../../models/boosting/gradient-boosting.ts'
import { restoreForest } from '../../../models/boosting/forest.ts'
import { DatasetError } from '../../../models/check-dataset.ts'
import { mixedData } from './forests.ts'

const data = mixedData(1000)

test('balanced classes weigh the same in all', () => {
  const rare = { ...data, labels: data.labels.map((label, row) => (row % 8 === 0 ? label : 0)) }
  const scores = new Float64Array(data.count)
  const meanOf = (parameters: Parameters<typeof gbm.scorer>[0]) => {
    void gbm.scorer(parameters)(rare, scores)
    return scores.reduce((sum, score) => sum + score, 0) / data.count
  }
  const share = rare.labels.reduce((sum, label) => sum + label, 0) / data.count
  expect(meanOf(gbm.train(rare, 1))).toBeCloseTo(share, 1)
  expect(meanOf(gbm.train(rare, 1, undefined, { classWeights: 'balanced' }))).toBeGreaterThan(2 * share)
})

test('every row is used for training, for as many rounds as held-out rows allow', () => {
  const { forest, validationLosses } = gbm.train(data, 1, undefined, { rowShare: 1 })
  const { covers } = restoreForest(forest, data.width)
  expect(covers[0]).toBe(data.count)
  const best = validationLosses.indexOf(Math.min(...validationLosses)) + 1
  // Each fold trains on four fifths of the rows.
  expect(forest.roots.length - 1).toBe(Math.round(best / 0.8))
  expect(gbm.train(data, 1, undefined, { trees: 40 }).forest.roots.length - 1).toBeLessThanOrEqual(40)
})

test('progress reports the held-out loss, and the remaining time within a third once the first fold has ended', () => {
  const steps: { readonly done: number; readonly share: number; readonly loss: number | undefined }[] = []
  gbm.train(data, 1, (done, of, loss) => steps.push({ done, share: done / of, loss }))
  const all = steps.at(-2)!.done
  expect(steps.at(-1)!.share).toBe(1)
  expect(steps[0]!.loss).toBeGreaterThan(0.4)
  const later = steps.filter(({ done }) => done > 0.3 * all && done < all)
  for (const { done, share } of later) expect(Math.abs(share - done / all)).toBeLessThan(1 / 3)
})

test('too few rows are all used for training, for as many rounds as requested', () => {
  expect(gbm.train(mixedData(100), 1, undefined, { trees: 7 })).toMatchObject({ validationLosses: [] })
})

test('options out of bounds and infinite values are refused', () => {
  expect(() => gbm.train(data, 1, undefined, { trees: -1 })).toThrow('trees is -1')
  const broken = { ...data, rows: data.rows.slice().fill(Number.POSITIVE_INFINITY, 9, 10) }
  expect(() => gbmRate.train(broken, 1)).toThrow(
    new DatasetError('The feature "income" of row 2 is Infinity: it must be a number, or NaN where it is missing.'),
  )
})
