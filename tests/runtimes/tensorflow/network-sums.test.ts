import { inputRows } from '../../../models/deep/network-inputs.ts'
import { unpackNetwork } from '../../../models/deep/network-parameters.ts'
import { createMargins } from '../../../models/deep/score-network.ts'
import { allRows } from '../../../models/linear/standardise.ts'
import { networkSums } from '../../../runtimes/tensorflow/network-sums.ts'
import { loadTensorflow } from '../../../runtimes/tensorflow/tensorflow.ts'
import { mixedData } from '../../models/deep/mixed-data.ts'
import { untrainedNetwork } from '../../models/deep/untrained-network.ts'

test.each(['binary', 'multi-label', 'classes', 'regression'] as const)(
  'TensorFlow computes the sums of the plain pass (%s)',
  async (head) => {
    const { tf } = await loadTensorflow('wasm')
    const network = unpackNetwork(untrainedNetwork(head))
    // More rows than are computed at once.
    const data = mixedData(9000, head, 4)
    const rows = inputRows(network.layout, data, allRows(data.count))
    const sums = new Float64Array(data.count * data.outputs)
    createMargins(network)(rows, sums)
    const others = networkSums(tf, network, rows)
    expect(Math.max(...sums.map((sum, i) => Math.abs(sum - others[i]!)))).toBeLessThan(1e-5)
  },
)
