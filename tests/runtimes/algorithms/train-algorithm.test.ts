import { DatasetError } from '../../../models/check-dataset.ts'
import { trainAlgorithm } from '../../../runtimes/algorithms/train-algorithm.ts'
import { trainHere } from '../../../runtimes/algorithms/trainers.ts'
import { mixedData } from '../../models/deep/mixed-data.ts'

const mixed = mixedData(600, 'regression')
const data = { ...mixed, labels: mixed.labels.slice(0, 600) }
const settings = { trees: 40, earlyStoppingRounds: 0 }

test('boosting trains the same model in a thread, reports its progress, and leaves the event loop free', async () => {
  const steps: number[] = []
  let turns = 0
  const timer = setInterval(() => turns++, 2)
  try {
    const parameters = await trainAlgorithm('gbm-rate', data, 7, (done) => steps.push(done), settings)
    expect(turns).toBeGreaterThan(10)
    expect(steps.length).toBeGreaterThan(10)
    expect(parameters).toEqual(trainHere('gbm-rate', data, 7, () => {}, settings))
  } finally {
    clearInterval(timer)
  }
})

test('a progress that throws, as after a request to stop, ends the training', async () => {
  let calls = 0
  const stop = () => {
    calls++
    throw new Error('stopped')
  }
  await expect(
    trainAlgorithm('gbm-rate', data, 7, stop, { ...settings, trees: 10_000, learningRate: 0.001 }),
  ).rejects.toThrow('stopped')
  expect(calls).toBe(1)
})

test('an error keeps its type', async () => {
  await expect(trainAlgorithm('gbm', data, 7)).rejects.toThrow(DatasetError)
  await expect(trainAlgorithm('gbm-rate', data, 7, undefined, { trees: 0 })).rejects.toThrow('trees is 0')
  await expect(trainAlgorithm('none', data, 7)).rejects.toThrow('none is not trained in plain code')
})
