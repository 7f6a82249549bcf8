import { gbmClasses, trainBoostedClasses } from '../../models/boosting/boosted-classes.ts'
import { checkClasses, computeClassWeights, softmaxRows } from '../../models/check-classes.ts'
import { DatasetError } from '../../models/check-dataset.ts'
import { softmaxLogistic, trainSoftmax } from '../../models/linear/softmax-logistic.ts'
import type { Dataset } from '../../models/model.ts'
import { random } from '../../models/random.ts'
import { classShares } from '../../models/evaluation/classes-evaluation.ts'
import { rowLosses } from '../../models/text/text-metrics.ts'

const CLASSES = ['a', 'b', 'c', 'd']

/** The label is the class with the largest of three sums, or the fourth class if a number is missing. */
function world(count: number, seed: number): Dataset {
  const next = random(seed)
  const rows = new Float32Array(count * 4)
  const labels = new Float64Array(count)
  for (let row = 0; row < count; row++) {
    const [x, y] = [2 * next() - 1, 2 * next() - 1]
    const missing = next() < 0.15
    const colour = Math.floor(next() * 3)
    rows.set([x, y, missing ? Number.NaN : next(), colour], row * 4)
    const sums = [2 * x + (colour === 0 ? 1 : 0), 2 * y + (colour === 1 ? 1 : 0), -x - y].map((sum) => sum + next() / 2)
    labels[row] = missing && next() < 0.9 ? 3 : sums.indexOf(Math.max(...sums))
  }
  return {
    count,
    width: 4,
    rows,
    texts: [],
    labels,
    classes: CLASSES,
    featureNames: ['x', 'y', 'gaps', 'colour'],
    times: new Float64Array(count).fill(Number.NaN),
    categories: [null, null, null, ['red', 'green', 'blue']],
  }
}

const data = world(800, 1)
const later = world(400, 2)
const mean = (values: Float64Array) => values.reduce((sum, one) => sum + one, 0) / values.length

const learners = {
  gbm: {
    algorithm: gbmClasses,
    train: (of: Dataset, seed: number) => trainBoostedClasses(of, seed, undefined, { trees: 40, learningRate: 0.2 }),
  },
  linear: { algorithm: softmaxLogistic, train: (of: Dataset, seed: number) => trainSoftmax(of, seed) },
}

describe.each(Object.entries(learners))('%s', (_, { algorithm, train }) => {
  const parameters = train(data, 1) as never
  const scored = (of: Dataset) => {
    const into = new Float64Array(of.count * CLASSES.length)
    void algorithm.scorer(parameters)(of, into)
    return into
  }

  test('predicts classes far better than their shares, with probabilities that add up to 1', () => {
    const probabilities = scored(later)
    const labels = Int32Array.from(later.labels)
    const shares = classShares(data.labels, CLASSES.length)
    const constant = Float64Array.from({ length: probabilities.length }, (_, i) => shares[i % CLASSES.length]!)
    const [own, base] = [probabilities, constant].map((of) => mean(rowLosses(labels, of, CLASSES.length)))
    expect(own).toBeLessThan(0.55 * base!)
    for (let row = 0; row < later.count; row++)
      expect(mean(probabilities.subarray(row * 4, row * 4 + 4))).toBeCloseTo(0.25, 10)
  })

  test('the contributions to a class add up to its margin, up to a term that all classes share', () => {
    const row = later.rows.subarray(0, 4)
    const margins = CLASSES.map((_, k) => {
      const into = new Float64Array(4)
      const base = algorithm.explainer!(parameters, k)(row, into)
      return into.reduce((sum, one) => sum + one, base)
    })
    const given = Float64Array.from(margins)
    softmaxRows(given, 4, 1)
    const probabilities = scored({ ...later, count: 1 })
    given.forEach((probability, k) => expect(probability).toBeCloseTo(probabilities[k]!, 6))
  })

  test('the same data and seed give the same parameters, whatever the names of the classes', () => {
    expect(train(data, 1)).toEqual(parameters)
    expect(train({ ...data, classes: ['4', '3', '2', '1'] }, 1)).toEqual(parameters)
  })

  test('a class without rows has a probability; rows of one class are refused', () => {
    const more = { ...data, classes: [...CLASSES, 'never'] }
    const into = new Float64Array(5)
    void algorithm.scorer(train(more, 1) as never)({ ...later, count: 1 }, into)
    expect([...into].every((one) => one >= 0 && one <= 1)).toBe(true)
    expect(() => train({ ...data, labels: new Float64Array(data.count).fill(2) }, 1)).toThrow(DatasetError)
    expect(() => train({ ...data, labels: new Float64Array(data.count).fill(4) }, 1)).toThrow('one of 4 classes')
  })
})

test('for two classes softmax equals the logistic of their difference', () => {
  const margins = Float64Array.of(1, 3, -500, 500)
  softmaxRows(margins, 2, 2)
  expect(margins[1]).toBeCloseTo(1 / (1 + Math.exp(-2)), 12)
  expect([...margins.subarray(2)]).toEqual([0, 1])
})

test('balanced weights make all classes that occur weigh the same', () => {
  const labels = Float64Array.of(0, 0, 0, 2)
  const weights = computeClassWeights(labels, 3, 'balanced')
  expect(3 * weights[0]!).toBeCloseTo(weights[2]!, 12)
  expect([...computeClassWeights(labels, 3, 'none')]).toEqual([1, 1, 1])
})

test('settings that only two classes have are refused', () => {
  expect(() => trainBoostedClasses(data, 1, undefined, { monotone: { x: 1 } })).toThrow('monotone is for two classes')
  expect(() => trainSoftmax(data, 1, undefined, { l1Ratios: [1] })).toThrow('l1Ratios must be [0]')
  expect(checkClasses(data)).toEqual(CLASSES)
})

test('rounds are chosen by a cross-validation, and all rows are learned from', () => {
  const steps: number[] = []
  const { validationLosses, forests } = trainBoostedClasses(data, 1, (done, of) => steps.push(done / of), {
    trees: 60,
    learningRate: 0.5,
  })
  expect(validationLosses.length).toBeGreaterThan(5)
  const best = validationLosses.indexOf(Math.min(...validationLosses)) + 1
  expect(forests[0]!.roots.length - 1).toBe(Math.round((best * 5) / 4))
  expect(steps.at(-1)).toBe(1)
})

test('if relations keep changing sign only the shares of the classes are learned', () => {
  const times = Float64Array.from({ length: 800 }, (_, row) => row)
  const labels = data.labels.map((label, row) => (label + Math.floor(row / 100)) % 4)
  const { coefficients } = trainSoftmax({ ...data, times, labels }, 1)
  expect(Math.max(...coefficients.flat().map(Math.abs))).toBeLessThan(0.001)
  const held = trainSoftmax({ ...data, times }, 1)
  expect(Math.max(...held.coefficients.flat().map(Math.abs))).toBeGreaterThan(0.5)
})
