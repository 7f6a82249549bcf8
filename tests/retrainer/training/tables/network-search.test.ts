import type { Hyperparameters } from '../../../../retrainer/training/learner.ts'
import { searchNetwork } from '../../../../retrainer/training/tables/network-search.ts'
import { linear } from '../../../../models/linear/linear.ts'
import type { Dataset, ScoringAlgorithm } from '../../../../models/model.ts'

const data: Dataset = {
  count: 3_000,
  width: 1,
  rows: Float32Array.from({ length: 3_000 }, (_, row) => row % 10),
  texts: [],
  featureNames: ['x'],
  labels: Float64Array.from({ length: 3_000 }, (_, row) => row % 10),
  times: Float64Array.from({ length: 3_000 }, (_, row) => row),
}

/** A learner whose error depends on its settings, so that the best settings are known. */
function spoiled(wrong: (settings: Hyperparameters) => number) {
  const trained: { readonly settings: Hyperparameters; readonly rows: number }[] = []
  const algorithm: ScoringAlgorithm<unknown> = {
    ...(linear as ScoringAlgorithm<never>),
    scorer: (parameters) => (batch, into) => {
      for (let row = 0; row < batch.count; row++) into[row] = batch.rows[row]! + (parameters as { wrong: number }).wrong
    },
  }
  let running = 0
  return {
    trained,
    learner: {
      algorithm,
      async train(rows: Dataset, _seed: number, _progress: unknown, settings: Hyperparameters = {}) {
        expect(++running).toBe(1)
        trained.push({ settings, rows: rows.count })
        await Promise.resolve()
        running--
        return { wrong: wrong(settings) }
      },
    },
  }
}

test('the settings with the lowest loss over all folds win, one training at a time, finally on all rows', async () => {
  const { learner, trained } = spoiled(
    ({ hidden, learningRate }) => (hidden as number[]).length + 1_000 * (learningRate as number),
  )
  const best = await searchNetwork(data, learner, { folds: 3, seed: 1, fixedOptions: { dropout: 0.1 } })
  expect(best).toEqual({ dropout: 0.1, hidden: [32], learningRate: 0.001 })
  expect(trained[0]!.rows).toBeLessThan(1_000)
  expect(trained.at(-1)!.rows).toBe(2_000)
})

test('given settings are not searched for', async () => {
  const { learner } = spoiled(({ learningRate }) => 1 / (learningRate as number))
  const best = await searchNetwork(data, learner, { folds: 2, seed: 1, fixedOptions: { hidden: [7] } })
  expect(best).toEqual({ hidden: [7], learningRate: 0.004 })
})
