import { gbm, gbmRate } from '../../../models/boosting/gradient-boosting.ts'
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

test('progress tells the loss on the rows that it stops by', () => {
  const losses: number[] = []
  const { validationLosses, forest } = gbm.train(data, 1, (_, __, loss) => loss !== undefined && losses.push(loss), {
    trees: 40,
  })
  expect(losses).toEqual(validationLosses)
  expect(forest.roots.length - 1).toBeLessThanOrEqual(40)
})

test('too few rows are all learned from, for as many rounds as asked for', () => {
  expect(gbm.train(mixedData(100), 1, undefined, { trees: 7 })).toMatchObject({ validationLosses: [] })
})

test('options out of bounds and infinite values are refused', () => {
  expect(() => gbm.train(data, 1, undefined, { trees: -1 })).toThrow('trees is -1')
  const broken = { ...data, rows: data.rows.slice().fill(Number.POSITIVE_INFINITY, 9, 10) }
  expect(() => gbmRate.train(broken, 1)).toThrow(
    new DatasetError('The feature "income" of row 2 is Infinity: it must be a number, or NaN where it is missing.'),
  )
})
