import { checkWidth } from '../check-dataset.ts'
import type { ScoringAlgorithm } from '../model.ts'
import { explainNetwork } from './explain-network.ts'
import { networkToOnnx } from './network-onnx.ts'
import type { NetworkParameters } from './network-parameters.ts'
import { scoreNetwork } from './score-network.ts'

function createDeep(name: string, kind: 'classification' | 'regression'): ScoringAlgorithm<NetworkParameters> {
  return {
    name,
    kind,
    readsText: false,
    runtime: 'onnx',
    scorer(parameters, runtimes) {
      if (runtimes !== undefined) return runtimes.onnx(() => networkToOnnx(parameters), { columns: parameters.outputs })
      const score = scoreNetwork(parameters)
      return (batch, into) => {
        checkWidth(batch, parameters.width)
        score(batch, into)
      }
    },
    outputs: ({ outputs }) => outputs,
    explainer: (parameters, output) => explainNetwork(parameters, output),
    importance: ({ importance }) => importance,
  }
}

/** Probability of class 1 by a feed-forward network. */
export const deep = createDeep('deep', 'classification')

/** Multi-label probabilities by a feed-forward network. */
export const deepLabels = createDeep('deep-labels', 'classification')

/** Multiclass probabilities by a feed-forward network. */
export const deepClasses = createDeep('deep-classes', 'classification')

/** A rate by a feed-forward network. */
export const deepRate = createDeep('deep-rate', 'regression')
