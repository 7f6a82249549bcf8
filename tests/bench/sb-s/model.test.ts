import { makeModel } from '../../../bench/sb-s/make-model.ts'
import { benchModel, readEnsemble } from '../../../bench/sb-s/model.ts'

test('the model file has a hundred trees of depth six, and is the same for the same seed', () => {
  const file = makeModel(1)
  const { depth, features, leaves } = readEnsemble(file)
  expect([depth, features.length, leaves.length]).toEqual([6, 6_300, 6_400])
  expect(makeModel(1).equals(file)).toBe(true)
  expect(makeModel(2).equals(file)).toBe(false)
})

test('it scores rows with probabilities that differ', async () => {
  const model = benchModel(makeModel(1), { id: 'x@1', names: Array.from({ length: 16 }, (_, index) => `f${index}`) })
  const rows = Float32Array.from({ length: 32 }, (_, index) => (index < 16 ? 1 : 1_000))
  const into = new Float64Array(2)
  await model.score({ rows, count: 2, width: 16, texts: [null, null] }, into)
  expect(into[0]).toBeGreaterThan(0)
  expect(into[1]).toBeLessThan(1)
  expect(into[0]).not.toBe(into[1])
})
