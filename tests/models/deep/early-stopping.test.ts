import { createEarlyStopping } from '../../../models/deep/early-stopping.ts'

test('ends after this many epochs without a better loss, and lowers the learning rate half-way', () => {
  const advice = createEarlyStopping(4)
  const said = [5, 4, 4.5, 3, 3.1, 3.2, 3.3, 3].map((loss) => advice(loss))
  expect(said.map(({ isBest }) => isBest)).toEqual([true, true, false, true, false, false, false, false])
  expect(said.map(({ shouldReduceRate }) => shouldReduceRate)).toEqual([
    false,
    false,
    false,
    false,
    false,
    true,
    false,
    false,
  ])
  expect(said.map(({ shouldStop }) => shouldStop)).toEqual([false, false, false, false, false, false, false, true])
})

test('a loss that is no number is never better', () => {
  expect(createEarlyStopping(1)(Number.NaN)).toEqual({ isBest: false, shouldReduceRate: false, shouldStop: true })
})
