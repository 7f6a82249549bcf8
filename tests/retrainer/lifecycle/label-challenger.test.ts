import { decodeArtefact, modelFrom } from '../../../models/artefact.ts'
import type { Model } from '../../../models/model.ts'
import { trainLabelChallenger, type LabelChallengerOptions } from '../../../retrainer/lifecycle/label-challenger.ts'
import { labelledWorld } from '../labelled-world.ts'

const options: LabelChallengerOptions = {
  task: 'recommendation',
  algorithm: 'deep-labels',
  featureSet: 'test@1',
  outputs: ['first', 'second'],
  dictionaryVersion: 7,
  seed: 1,
}

test('a model of the rows beats popularity: promoted, bound to its dictionary, and each output under its name', async () => {
  const result = await trainLabelChallenger(labelledWorld(800), options)
  expect(result).toMatchObject({ promote: true, against: 'baseline', trainedRows: 600, newestRows: 200 })
  expect(result.metrics['auc']).toBeGreaterThan(0.75)
  expect(result.baseline['auc']).toBeCloseTo(0.5)
  expect(result.metrics['logLoss']).toBeLessThan(result.baseline['logLoss']!)
  expect(decodeArtefact(result.artefact)).toMatchObject({ outputs: ['first', 'second'], dictionaryVersion: 7 })
  const model = modelFrom(result.artefact, 'm')
  expect(model).toMatchObject({ outputs: ['first', 'second'], dictionaryVersion: 7 })
  const given = new Float64Array(4)
  await model.score(
    { count: 2, width: 3, rows: Float32Array.of(0.9, -0.9, 0, -0.9, 0.9, 0), texts: [null, null] },
    given,
  )
  expect(given[0]! - given[1]!).toBeGreaterThan(0.3)
  expect(given[3]! - given[2]!).toBeGreaterThan(0.3)
}, 60_000)

/** A champion that gives 0.5 for each of its outputs. */
const champion = (outputs: readonly string[]): Model => ({
  id: 'champion',
  task: 'recommendation',
  algorithm: 'constant',
  featureSet: 'test@1',
  featureNames: ['one', 'two', 'noise'],
  outputs,
  score: ({ count }, into) => void into.fill(0.5, 0, count * outputs.length),
})

test('a champion is compared on the common outputs; one without any in common is no champion here', async () => {
  const data = labelledWorld(400)
  const shared = await trainLabelChallenger(data, { ...options, champion: champion(['retired', 'second']) })
  expect(shared.against).toBe('champion')
  const strange = await trainLabelChallenger(data, { ...options, champion: champion(['retired']) })
  expect(strange.against).toBe('baseline')
  expect(shared.difference.estimate).not.toBe(strange.difference.estimate)
}, 60_000)

test('noise is not promoted', async () => {
  const { promote } = await trainLabelChallenger(labelledWorld(400, 0), options)
  expect(promote).toBe(false)
}, 60_000)
