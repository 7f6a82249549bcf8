import { InferenceSession, Tensor } from 'onnxruntime-node'
import type { Batch } from '../../../models/model.ts'
import { networkToOnnx } from '../../../models/deep/network-onnx.ts'
import { ROWS, SCORE } from '../../../models/onnx/onnx-export.ts'
import { scoreNetwork } from '../../../models/deep/score-network.ts'
import { absurdRows, mixedData } from './mixed-data.ts'
import { untrainedNetwork } from './untrained-network.ts'

const heads = ['binary', 'multi-label', 'classes', 'regression'] as const

describe.each(heads.flatMap((head) => [[], [64, 32]].map((hidden) => ({ head, hidden }))))(
  '$head, hidden $hidden',
  ({ head, hidden }) => {
    const parameters = untrainedNetwork(head, { hidden })

    test('the same parameters are the same bytes', () => {
      const bytes = networkToOnnx(parameters)
      expect(networkToOnnx(parameters)).toEqual(bytes)
      expect(
        Buffer.from(bytes).includes(
          ({ regression: 'Mul', classes: 'Softmax' } as Partial<Record<string, string>>)[head] ?? 'Sigmoid',
        ),
      ).toBe(true)
    })

    test.each<Batch>([mixedData(2000, head, 4), absurdRows(5)])(
      'ONNX Runtime gives what the plain pass gives',
      async (batch) => {
        const scores = new Float64Array(batch.count * parameters.outputs)
        scoreNetwork(parameters)(batch, scores)
        const session = await InferenceSession.create(networkToOnnx(parameters))
        const given = await session.run({ [ROWS]: new Tensor('float32', batch.rows, [batch.count, batch.width]) })
        const { dims } = given[SCORE]!
        const data = given[SCORE]!.data as Float32Array
        expect(dims).toEqual([batch.count, parameters.outputs])
        expect(
          Math.max(...scores.map((score, i) => Math.abs(score - data[i]!) / Math.max(1, Math.abs(score)))),
        ).toBeLessThan(1e-5)
      },
    )
  },
)

test('for numbers far from 0 the difference to the mean is precise', async () => {
  const parameters = untrainedNetwork('binary')
  const { standardisation } = parameters
  const far = {
    ...parameters,
    standardisation: {
      ...standardisation,
      lower: [1e9, ...standardisation.lower.slice(1)],
      upper: [1e9 + 1e4, ...standardisation.upper.slice(1)],
      centre: [1e9 + 5e3 + 1 / 3, ...standardisation.centre.slice(1)],
      scale: [1e-3, ...standardisation.scale.slice(1)],
    },
  }
  const rows = Float32Array.of(1e9 + 4e3, 0, 0.5, 1, 7)
  const score = new Float64Array(1)
  scoreNetwork(far)({ count: 1, width: 5, rows, texts: [] }, score)
  const session = await InferenceSession.create(networkToOnnx(far))
  const given = await session.run({ [ROWS]: new Tensor('float32', rows, [1, 5]) })
  expect(given[SCORE]!.data[0]).toBeCloseTo(score[0]!, 6)
})
