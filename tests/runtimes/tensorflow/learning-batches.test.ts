import { random } from '../../../models/random.ts'
import { batchCount, learningBatches } from '../../../runtimes/tensorflow/learning-batches.ts'

test.each([
  [6, 1],
  [320, 10],
  [1000, 16],
  [40_000, 156],
])('%d rows make %d batches', (count, batches) => expect(batchCount(count, 256)).toBe(batches))

test('each row occurs once per epoch, with its own targets, in a new order', () => {
  const count = 10
  const numbers = Float32Array.from({ length: 2 * count }, (_, i) => i)
  const rows = { count, numbers, codes: [Int32Array.from({ length: count }, (_, i) => i)] }
  const targets = {
    values: Float32Array.from({ length: count }, (_, i) => 100 + i),
    weights: new Float32Array(count).fill(1),
  }
  const next = random(1)
  const epoch = () => [...learningBatches(rows, targets, { batches: 3, hidden: [4], dropout: 0.5 }, next)]
  const batches = epoch()
  expect(batches.map((batch) => batch.count)).toEqual([3, 4, 3])
  const order = batches.flatMap(({ codes }) => [...codes[0]!])
  expect(order.toSorted((a, b) => a - b)).toEqual([...rows.codes[0]!])
  expect(batches.flatMap(({ numbers }) => [...numbers])).toEqual(order.flatMap((row) => [2 * row, 2 * row + 1]))
  expect(batches.flatMap((batch) => [...batch.targets.values])).toEqual(order.map((row) => 100 + row))
  expect(batches.flatMap(({ masks }) => [...masks[0]!]).every((factor) => factor === 0 || factor === 2)).toBe(true)
  expect(epoch().flatMap(({ codes }) => [...codes[0]!])).not.toEqual(order)
})
