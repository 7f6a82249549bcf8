import * as tf from '@tensorflow/tfjs-core'
import { DatasetError } from '../../../models/check-dataset.ts'
import { explainNetwork } from '../../../models/deep/explain-network.ts'
import { absurdRows, mixedData } from '../../models/deep/mixed-data.ts'
import { baselineOf, lossOf, scoresOf, trained } from './trained.ts'

describe.each(['binary', 'multi-label', 'classes', 'regression'] as const)('%s', (head) => {
  const data = mixedData(1200, head)
  const later = mixedData(600, head, 2)

  test('learns interactions, sums and categories, far better than the mean', async () => {
    const steps: (readonly [number, number])[] = []
    const parameters = await trained(data, head, {}, 7, (done, of) => steps.push([done, of]))
    const scores = scoresOf(parameters, later)
    for (let output = 0; output < data.outputs; output++) {
      const share = lossOf(head, later, scores, output) / baselineOf(head, data, later, output)
      expect(share).toBeLessThan(head === 'regression' ? 0.2 : 0.65)
    }
    expect([...scoresOf(parameters, { ...later, ...absurdRows(5) })].every(Number.isFinite)).toBe(true)
    expect(steps.at(-1)).toEqual([40, 40])
    expect(parameters.training).toMatchObject({ backend: 'wasm' })
    // The constant has no effect; the first two features matter most.
    expect(parameters.importance[4]).toBe(0)
    expect(parameters.importance[0]! + parameters.importance[1]!).toBeGreaterThan(0.4)
    // With exclusive classes, a single margin does not give a probability.
    if (head === 'classes') return
    const into = new Float64Array(5)
    const base = explainNetwork(parameters)(later.rows.subarray(0, 5), into)
    const margin = into.reduce((sum, each) => sum + each, base)
    expect(Math.abs((head === 'regression' ? margin : 1 / (1 + Math.exp(-margin))) - scores[0]!)).toBeLessThan(1e-3)
  })
})

describe('training', () => {
  const data = mixedData(400, 'binary')
  const short = { epochs: 3 }

  test('returns the same parameters for the same data and seed, others for another seed, and leaves its inputs unchanged', async () => {
    const own = structuredClone(data)
    const first = await trained(own, 'binary', short)
    expect(own).toEqual(data)
    expect(await trained(data, 'binary', short)).toEqual(first)
    expect((await trained(data, 'binary', short, 8)).layers).not.toEqual(first.layers)
  })

  test('leaves no tensor behind', async () => {
    await trained(data, 'binary', short)
    const { numTensors, numDataBuffers } = tf.memory()
    await trained(data, 'binary', short)
    expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers })
  })

  test('ends when the newest rows are judged no better, and keeps the best epoch', async () => {
    // Random labels, from which nothing can be learned.
    const labels = data.labels.map((_, i) => (i * 7919) % 2)
    const { training } = await trained({ ...data, labels }, 'binary', {
      epochs: 200,
      earlyStoppingEpochs: 3,
      dropout: 0,
    })
    const { bestEpoch, validationLosses, losses } = training
    expect(losses.length).toBe(bestEpoch + 3)
    expect(losses.length).toBeLessThan(100)
    expect(Math.min(...validationLosses)).toBe(validationLosses[bestEpoch - 1])
  })

  test('the parameters have the validation loss of their epoch', async () => {
    const parameters = await trained(data, 'binary', { epochs: 5 })
    const { bestEpoch, validationLosses } = parameters.training
    // The newest fifth, in order of time.
    const newest = { ...data, count: 80, rows: data.rows.slice(320 * 5), labels: data.labels.slice(320) }
    expect(lossOf('binary', newest, scoresOf(parameters, newest), 0)).toBeCloseTo(validationLosses[bestEpoch - 1]!, 5)
  })

  test('without early stopping it uses all rows and all epochs', async () => {
    const { training } = await trained(data, 'binary', { epochs: 4, earlyStoppingEpochs: 0 })
    expect(training).toMatchObject({ bestEpoch: 4, validationLosses: [] })
  })

  test.each([{ batchNormalisation: false }, { hidden: [] }, { hidden: [8, 8, 8] }, { dropout: 0 }])(
    'learns with %j',
    async (options) => {
      const { training } = await trained(mixedData(400, 'multi-label'), 'multi-label', { epochs: 12, ...options })
      expect(Math.min(...training.validationLosses)).toBeLessThan(training.validationLosses[0]! - 0.02)
    },
  )

  test('balanced classes bring the probabilities of a rare class to the middle', async () => {
    const rare = { ...data, labels: data.labels.map((label, i) => (i % 5 === 0 ? label : 0)) }
    rare.labels[399] = 1
    const mean = async (classWeights: 'none' | 'balanced') => {
      const scores = scoresOf(await trained(rare, 'binary', { epochs: 5, classWeights }), rare)
      return scores.reduce((sum, score) => sum + score, 0) / scores.length
    }
    expect(await mean('none')).toBeLessThan(0.25)
    expect(await mean('balanced')).toBeGreaterThan(0.35)
  })

  test('labels that are not known count for nothing', async () => {
    const several = mixedData(800, 'multi-label')
    const labels = several.labels.map((label, i) => (i % 4 === 0 ? Number.NaN : label))
    const scores = scoresOf(await trained({ ...several, labels }, 'multi-label', { epochs: 25 }), several)
    for (const output of [0, 1, 2])
      expect(
        lossOf('multi-label', several, scores, output) / baselineOf('multi-label', several, several, output),
      ).toBeLessThan(0.8)
  })

  test('learns from a handful of rows, from categories alone and from constants', async () => {
    const few = { ...mixedData(6, 'binary'), labels: Float64Array.of(0, 1, 0, 1, 0, 1) }
    expect([...scoresOf(await trained(few, 'binary', short), few)].every(Number.isFinite)).toBe(true)
    const colours = {
      ...data,
      width: 1,
      rows: data.rows.filter((_, i) => i % 5 === 3),
      featureNames: ['colour'],
      categories: [data.categories![3]!],
    }
    expect([...scoresOf(await trained(colours, 'binary', short), colours)].every(Number.isFinite)).toBe(true)
    const same = { ...colours, rows: colours.rows.map(() => 3), categories: [null] }
    expect([...scoresOf(await trained(same, 'binary', short), same)].every(Number.isFinite)).toBe(true)
  })

  test('learns from rows without a time', async () => {
    const timeless = { ...data, times: new Float64Array(data.count).fill(Number.NaN) }
    expect((await trained(timeless, 'binary', short)).training.validationLosses).toHaveLength(3)
  })

  test('refuses data that nothing can be learned from, and senseless options', async () => {
    await expect(trained({ ...data, labels: data.labels.map(() => 1) }, 'binary')).rejects.toThrow(DatasetError)
    await expect(trained(data, 'binary', { dropout: 2 })).rejects.toThrow('dropout is 2')
  })
})
