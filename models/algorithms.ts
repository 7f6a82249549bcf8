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

/** Every algorithm that learns in pure code. A stored model names one; a name is never used for anything else again. */
export const algorithms: readonly Algorithm<unknown>[] = [logistic, linear, ngramLogistic, gbm, gbmRate]

/** Every one that a stored model may name. Networks learn outside, where there is a runtime for tensors. */
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
