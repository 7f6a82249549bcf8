import { classShares, evaluateClasses } from '../../../models/evaluation/classes-evaluation.ts'

test('classes are reported one by one, with what they are mistaken for', () => {
  const labels = Int32Array.of(0, 0, 0, 1, 1, 2)
  const answers = [0, 0, 1, 1, 1, 1]
  const probabilities = Float64Array.from(answers.flatMap((answer) => [0, 1, 2].map((k) => (k === answer ? 0.8 : 0.1))))
  const evaluation = evaluateClasses(labels, probabilities, ['a', 'b', 'c'], {
    seed: 1,
    shares: classShares(labels, 3),
  })
  expect(evaluation.classes).toMatchObject([
    { name: 'a', rows: 3, answered: 2, precision: 1, recall: 2 / 3 },
    { name: 'b', rows: 2, answered: 4, precision: 0.5, recall: 1 },
    { name: 'c', rows: 1, answered: 0, precision: null, recall: 0, f1: 0 },
  ])
  expect(evaluation.confusions).toEqual([
    { actual: 'a', answer: 'b', rows: 1 },
    { actual: 'c', answer: 'b', rows: 1 },
  ])
  const { metrics } = evaluation
  const accuracy = metrics.find(({ name }) => name === 'accuracy')!
  expect(accuracy.value).toBeCloseTo(4 / 6, 12)
  expect(accuracy.baseline).toBeCloseTo(0.5, 12)
  expect(metrics.find(({ name }) => name === 'macroF1')!.value).toBeCloseTo((0.8 + 2 / 3) / 3, 12)
  expect(evaluation.calibration.reduce((sum, { count }) => sum + count, 0)).toBe(6)
})
