import { DatasetError } from '../../../models/check-dataset.ts'
import { trainNetworkInThread } from '../../../runtimes/tensorflow/train-network-in-thread.ts'
import { mixedData } from '../../models/deep/mixed-data.ts'
import { small, trained } from './trained.ts'

const data = mixedData(400, 'regression')
const options = { ...small, epochs: 4 }

test('a thread trains the same network, reports its progress, and leaves the event loop free', async () => {
  const steps: number[] = []
  let turns = 0
  const timer = setInterval(() => turns++, 5)
  try {
    const parameters = await trainNetworkInThread(data, 'regression', options, 7, (done) => steps.push(done), 'wasm')
    expect(turns).toBeGreaterThan(10)
    expect(steps).toEqual([1, 2, 3, 4, 4])
    expect(parameters).toEqual(await trained(data, 'regression', options))
  } finally {
    clearInterval(timer)
  }
})

test('an error keeps its type', async () => {
  const labels = new Float64Array(data.labels.length).fill(Number.NaN)
  await expect(trainNetworkInThread({ ...data, labels }, 'regression', options, 7)).rejects.toThrow(DatasetError)
  await expect(trainNetworkInThread(data, 'regression', { epochs: 0 }, 7)).rejects.toThrow('epochs is 0')
})
