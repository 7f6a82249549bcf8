import { gbm, gbmRate } from './boosting/gradient-boosting.ts'
import { linear } from './linear.ts'
import { logistic } from './logistic.ts'
import type { Algorithm } from './model.ts'
import { ngramLogistic } from './ngram-logistic.ts'

/** Every way to learn that the platform has. A stored model names one of them; a name is never used for anything else again. */
export const algorithms: readonly Algorithm<unknown>[] = [logistic, linear, ngramLogistic, gbm, gbmRate]

export function algorithmNamed(name: string): Algorithm<unknown> | undefined {
  return algorithms.find((algorithm) => algorithm.name === name)
}
