import {
  applyClassCalibrator,
  betterClassCalibrator,
  classCalibratedExplainer,
  classCalibratedScorer,
  fitClassCalibrator,
  isClassCalibrator,
} from '../../../models/evaluation/class-calibration.ts'
import type { ClassCalibrator } from '../../../models/evaluation/calibration.ts'
import { random } from '../../../models/random.ts'

const CLASSES = 3

/** Returns probabilities with matching labels. `sharper`: factor by which the probabilities are overconfident. */
function cases(count: number, sharper: number) {
  const next = random(3)
  const labels = new Int32Array(count)
  const probabilities = new Float64Array(count * CLASSES)
  for (let row = 0; row < count; row++) {
    const margins = Array.from({ length: CLASSES }, () => 2 * next())
    const own = softmax(margins)
    const drawn = next()
    labels[row] = drawn < own[0]! ? 0 : drawn < own[0]! + own[1]! ? 1 : 2
    probabilities.set(softmax(margins.map((margin) => sharper * margin)), row * CLASSES)
  }
  return { labels, probabilities }
}

function softmax(margins: readonly number[]): number[] {
  const total = margins.reduce((sum, margin) => sum + Math.exp(margin), 0)
  return margins.map((margin) => Math.exp(margin) / total)
}

const lossOf = (labels: Int32Array, probabilities: Float64Array) =>
  labels.reduce((sum, label, row) => sum - Math.log(probabilities[row * CLASSES + label]!), 0) / labels.length

test('probabilities that are three times too sure are brought back', () => {
  const { labels, probabilities } = cases(3000, 3)
  const { slope, intercepts } = fitClassCalibrator(labels, probabilities, CLASSES)
  expect(Math.abs(slope - 1 / 3)).toBeLessThan(0.05)
  expect(intercepts.every((intercept) => Math.abs(intercept) < 0.2)).toBe(true)
  const found = betterClassCalibrator(labels, probabilities, CLASSES)!
  const after = probabilities.slice()
  applyClassCalibrator(found, after)
  expect(lossOf(labels, after)).toBeLessThan(lossOf(labels, probabilities) - 0.1)
  for (let row = 0; row < 10; row++)
    expect(after.subarray(row * CLASSES, (row + 1) * CLASSES).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12)
})

test('probabilities that come true are left as they are', () => {
  const { labels, probabilities } = cases(1000, 1)
  expect(betterClassCalibrator(labels, probabilities, CLASSES)).toBeUndefined()
  expect(betterClassCalibrator(Int32Array.of(0, 1), probabilities.subarray(0, 6), CLASSES)).toBeUndefined()
  expect(() => fitClassCalibrator([], new Float64Array(), CLASSES)).toThrow('no rows to calibrate on')
})

test('a scorer, at once or later, and contributions follow the calibrator', async () => {
  const calibrator: ClassCalibrator = { method: 'classes', slope: 0.5, intercepts: [0, 0.3, -0.3] }
  const raw = [0.7, 0.2, 0.1]
  const expected = Float64Array.from(raw)
  applyClassCalibrator(calibrator, expected)
  const batch = { count: 1, width: 0, rows: new Float32Array(), texts: [] }
  const [now, later] = [new Float64Array(3), new Float64Array(3)]
  await classCalibratedScorer((_, into) => into.set(raw), calibrator)(batch, now)
  await classCalibratedScorer((_, into) => Promise.resolve(into.set(raw)), calibrator)(batch, later)
  expect([now, later]).toEqual([expected, expected])
  const into = new Float64Array(2)
  const base = classCalibratedExplainer((_, of) => (of.set([1, 2]), 4), calibrator, 1)(new Float32Array(2), into)
  expect([base, ...into]).toEqual([2.3, 0.5, 1])
})

test.each([
  [{ method: 'classes', slope: 1, intercepts: [0, 0] }, true],
  [{ method: 'classes', slope: null, intercepts: [0] }, false],
  [{ method: 'classes', slope: 1, intercepts: [] }, false],
  [{ method: 'platt', slope: 1, intercept: 0 }, false],
  [null, false],
])('%j is whole: %s', (value, is) => expect(isClassCalibrator(value)).toBe(is))
