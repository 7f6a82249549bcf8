import { createAdam } from '../../../models/deep/adam.ts'
import { createRowAdam } from '../../../runtimes/tensorflow/row-adam.ts'

test('rows that are touched in each step move as Adam moves them; others stay', () => {
  const table = Float32Array.of(1, 2, 3, 4, 5, 6)
  const whole = table.slice()
  const [rows, adam] = [createRowAdam(table, 2), createAdam([6], [false], 0)]
  for (let step = 1; step <= 5; step++) {
    // The third row occurs twice, so its gradients add up.
    rows.gather(Int32Array.of(0, 2, 2), Float32Array.of(1, -1, step, 0, 1, 1))
    rows.apply(0.1, 1)
    adam.step([whole], [Float32Array.of(1, -1, 0, 0, step + 1, 1)], 0.1)
  }
  expect([...table.subarray(2, 4)]).toEqual([3, 4])
  for (let i = 0; i < 6; i++) expect(table[i]).toBeCloseTo(whole[i]!, 5)
})
