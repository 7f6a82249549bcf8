/** Releases of models trained on almost nothing, whose scores change with each number of the row. */
import { encodeArtefact } from '../models/artefact.ts'
import { linear } from '../models/linear/linear.ts'
import { logistic } from '../models/linear/logistic.ts'
import type { Algorithm } from '../models/model.ts'
import { ngramLogistic } from '../models/linear/ngram-logistic.ts'
import { deciders } from '../subjects/subjects.ts'
import type { Release } from '../schemas/models/releases.ts'
import { modelIdOf } from '../store/models/model-id.ts'

const ROWS = 60

const algorithms = new Map<string, Algorithm<unknown>>([
  ['conversion', ngramLogistic as Algorithm<unknown>],
  ['loan-demand', linear as Algorithm<unknown>],
  ['call-conversion', logistic as Algorithm<unknown>],
])

export function smallReleases(occurredAt: number): Release[] {
  return deciders.flatMap(({ task, features: { id: featureSet, names: featureNames } }) => {
    const algorithm = task === undefined ? undefined : algorithms.get(task)
    if (task === undefined || algorithm === undefined) return []
    const width = featureNames.length
    const parameters = algorithm.train(
      {
        count: ROWS,
        width,
        rows: Float32Array.from({ length: ROWS * width }, (_, index) => ((index * 7919) % 101) / 101),
        texts: Array.from({ length: ROWS }, (_, row) =>
          algorithm.readsText ? `客户${row % 2 === 0 ? '很' : '不'}感兴趣` : null,
        ),
        featureNames,
        labels: Float64Array.from({ length: ROWS }, (_, row) => row % 2),
        times: Float64Array.from({ length: ROWS }, (_, row) => row),
      },
      1,
    )
    const artefact = Buffer.from(
      encodeArtefact({ task, algorithm: algorithm.name, featureSet, featureNames, parameters }),
    )
    const modelId = modelIdOf(artefact)
    const about = {
      id: `release/${task}`,
      occurredAt,
      source: 'test',
      metrics: {},
      reason: 'the first',
      replaces: null,
      trials: [],
    }
    return [{ ...about, task, modelId, algorithm: algorithm.name, featureSet, artefact }]
  })
}
