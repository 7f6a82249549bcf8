import { createPace } from '../../../streams/task/batch-size.ts'

test('a transaction takes as many records as fit into its time, once their cost is known', () => {
  const pace = createPace({ recordsMax: 20_000 })
  expect(pace.recordsMax()).toBe(500)
  pace.worked(500, 50)
  expect(pace.recordsMax()).toBe(250)
  for (let transaction = 0; transaction < 40; transaction++) pace.worked(1_000, 10)
  expect(Math.abs(pace.recordsMax() - 2_500)).toBeLessThan(10)
})

test('it stays within its limits, and learns nothing from a transaction without records', () => {
  const pace = createPace({ recordsMax: 1_000 })
  pace.worked(0, 1_000)
  expect(pace.recordsMax()).toBe(500)
  pace.worked(10, 10_000)
  expect(pace.recordsMax()).toBe(50)
  for (let transaction = 0; transaction < 60; transaction++) pace.worked(1_000, 0.1)
  expect(pace.recordsMax()).toBe(1_000)
})
