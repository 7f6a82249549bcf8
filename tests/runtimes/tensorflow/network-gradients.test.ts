import { inputLayout, inputRows } from '../../../models/deep/network-inputs.ts'
import { networkOptions } from '../../../models/deep/network-options.ts'
import { targetsOf, targetUnits } from '../../../models/deep/network-data.ts'
import { initialWeights, weightShapes } from '../../../models/deep/network-weights.ts'
import { random } from '../../../models/random.ts'
import { allRows, fitStandardisation } from '../../../models/linear/standardise.ts'
import { networkGradients } from '../../../runtimes/tensorflow/network-gradients.ts'
import { loadTensorflow } from '../../../runtimes/tensorflow/tensorflow.ts'
import { mixedData } from '../../models/deep/mixed-data.ts'

describe.each(['binary', 'multi-label', 'classes', 'regression'] as const)('%s', (head) => {
  test.each([true, false])(
    'gradients are what the loss changes by (batch normalisation: %s)',
    async (batchNormalisation) => {
      const { tf } = await loadTensorflow('wasm')
      const data = mixedData(64, head)
      const layout = inputLayout(fitStandardisation(data, allRows(data.count)))
      const shapes = weightShapes(layout, data.outputs, networkOptions({ hidden: [6, 4], batchNormalisation }))
      const weights = initialWeights(shapes, new Float32Array(data.outputs).fill(0.1), random(5))
      const batch = {
        ...inputRows(layout, data, allRows(data.count)),
        targets: targetsOf(data, head, targetUnits(data, head), 'balanced'),
        masks: [],
      }
      const { gradients, moments, loss } = networkGradients(tf, head, shapes, weights, batch)
      expect(Number.isFinite(loss)).toBe(true)
      expect(moments).toHaveLength(batchNormalisation ? 2 : 0)
      weights.forEach((block, k) => {
        expect(gradients[k]).toHaveLength(block.length)
        const place = Math.floor(block.length / 2)
        const lossWith = (change: number): number => {
          const moved = weights.map((each) => each.slice())
          moved[k]![place]! += change
          return networkGradients(tf, head, shapes, moved, batch).loss
        }
        const slope = (lossWith(0.002) - lossWith(-0.002)) / 0.004
        expect(Math.abs(gradients[k]![place]! - slope)).toBeLessThan(0.005 + 0.03 * Math.abs(slope))
      })
    },
  )
})
