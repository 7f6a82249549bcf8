import { bootstrapInterval, type Interval } from '../../../models/evaluation/bootstrap.ts'
import { predictedClasses, textMetrics, type TextMetrics } from '../../../models/text/text-metrics.ts'

/** Measures predictions for the test cases of one set of labels. */
export interface TextReport {
  metrics(probabilities: Float64Array): TextMetrics
  /** Returns which predictions are correct. */
  right(probabilities: Float64Array): readonly boolean[]
  /** Returns the accuracy minus that of `others`, from a paired bootstrap on the same cases. */
  advantage(probabilities: Float64Array, others: Float64Array): Interval
}

export function createTextReport(labels: Int32Array, classes: number, seed: number): TextReport {
  const right = (probabilities: Float64Array) =>
    Array.from(predictedClasses(probabilities, classes), (answer, row) => answer === labels[row])
  return {
    metrics: (probabilities) => textMetrics(labels, probabilities, classes, seed),
    right,
    advantage(probabilities, others) {
      const [own, other] = [right(probabilities), right(others)]
      const gains = own.map((isRight, row) => Number(isRight) - Number(other[row]))
      return bootstrapInterval(labels.length, (rows) => rows.reduce((sum, row) => sum + gains[row]!, 0) / rows.length, {
        seed,
      })
    },
  }
}

/** Returns the baseline that always predicts the class shares of the training cases. */
export function majorityBaseline(trainLabels: Int32Array, testCount: number, classes: number): Float64Array {
  const shares = new Float64Array(classes)
  for (const label of trainLabels) shares[label]! += 1 / trainLabels.length
  const probabilities = new Float64Array(testCount * classes)
  for (let row = 0; row < testCount; row++) probabilities.set(shares, row * classes)
  return probabilities
}
