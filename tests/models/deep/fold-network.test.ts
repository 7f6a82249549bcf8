import { VARIANCE_FLOOR, updateMoments, initialMoments } from '../../../models/deep/batch-moments.ts'
import { foldedLayers, imputeUnseenEmbeddings } from '../../../models/deep/fold-network.ts'

const shapes = {
  embeddings: [],
  hidden: [{ inputs: 1, outputs: 2 }],
  last: { inputs: 2, outputs: 1 },
  batchNormalisation: true,
}

test('a folded layer computes the same as the normalised one', () => {
  const [weights, biases, gains] = [Float32Array.of(2, -1), Float32Array.of(0.5, 0.25), Float32Array.of(3, 4)]
  const running = [{ mean: Float32Array.of(1, -1), variance: Float32Array.of(4, 0.25) }]
  const [layer] = foldedLayers(shapes, [weights, biases, gains, Float32Array.of(1, 1), Float32Array.of(0)], running)
  for (const x of [-1, 0, 3]) {
    for (const unit of [0, 1]) {
      const { mean, variance } = running[0]!
      const normal = (x * weights[unit]! - mean[unit]!) / Math.sqrt(variance[unit]! + VARIANCE_FLOOR)
      expect(x * layer!.weights[unit]! + layer!.biases[unit]!).toBeCloseTo(gains[unit]! * normal + biases[unit]!, 5)
    }
  }
})

test('categories without training rows stand at the mean of the others', () => {
  const layout = {
    standardisation: {} as never,
    columns: [],
    features: [],
    embeddings: [{ feature: 0, codes: 4, size: 2 }],
    width: 2,
  }
  const [table] = imputeUnseenEmbeddings(layout, [Float32Array.of(1, 2, 5, 6, 100, 100, 100, 100)], {
    codes: [Int32Array.of(0, 0, 0, 1)],
  })
  expect([...table!]).toEqual([1, 2, 5, 6, 2, 3, 2, 3])
})

test('running moments forget what they began with, and then follow slowly', () => {
  const running = initialMoments([1])
  const batch = (mean: number) => [{ mean: Float32Array.of(mean), variance: Float32Array.of(mean + 1) }]
  ;[1, 2, 3].forEach((mean, done) => updateMoments(running, batch(mean), done))
  expect(running[0]!.mean[0]).toBeCloseTo(2, 6)
  expect(running[0]!.variance[0]).toBeCloseTo(3, 6)
  updateMoments(running, batch(102), 1000)
  expect(running[0]!.mean[0]).toBeCloseTo(7, 5)
})
