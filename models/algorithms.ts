import { gbmClasses } from './boosting/boosted-classes.ts'
import { gbmLabels } from './boosting/boosted-labels.ts'
import { gbm, gbmRate } from './boosting/gradient-boosting.ts'
import { deep, deepClasses, deepLabels, deepRate } from './deep/deep.ts'
import { intent } from './intent/intent.ts'
import { linear } from './linear/linear.ts'
import { logistic } from './linear/logistic.ts'
import type { Algorithm, ScoringAlgorithm } from './model.ts'
import { importedOnnx, importedOnnxRate } from './onnx/imported.ts'
import { softmaxLogistic } from './linear/softmax-logistic.ts'
import { ngramLogistic } from './linear/ngram-logistic.ts'
import { labelText } from './text/label-text-model.ts'
import { text } from './text/text.ts'
import { tunedText } from './text/tuned-text.ts'

/** Algorithms whose `train` runs in pure TypeScript. A stored model names its algorithm, so names are never reused. */
export const algorithms: readonly Algorithm<unknown>[] = [logistic, linear, ngramLogistic, gbm, gbmRate]

/**
 * Algorithms that a stored model may name. Neural networks are trained outside, where a tensor runtime is available.
 */
export const scoringAlgorithms: readonly ScoringAlgorithm<unknown>[] = [
  ...algorithms,
  gbmLabels,
  gbmClasses,
  softmaxLogistic,
  deep,
  deepRate,
  deepLabels,
  deepClasses,
  importedOnnx,
  importedOnnxRate,
  text,
  tunedText,
  labelText,
  intent,
]

export function algorithmNamed(name: string): ScoringAlgorithm<unknown> | undefined {
  return scoringAlgorithms.find((algorithm) => algorithm.name === name)
}
