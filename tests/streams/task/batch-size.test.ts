import { createBatchSizer } from '../../../streams/task/batch-size.ts'

test('a transaction gets as many records as fit into its time, once their cost is known', () => {
  const batchSizer = createBatchSizer({ recordsMax: 20_000 })
  expect(batchSizer.recordsMax()).toBe(500)
  batchSizer.worked(500, 50)
  expect(batchSizer.recordsMax()).toBe(250)
  for (let transaction = 0; transaction < 40; transaction++) batchSizer.worked(1_000, 10)
  expect(Math.abs(batchSizer.recordsMax() - 2_500)).toBeLessThan(10)
})

test('it stays within its limits, and learns nothing from a transaction without records', () => {
  const batchSizer = createBatchSizer({ recordsMax: 1_000 })
  batchSizer.worked(0, 1_000)
  expect(batchSizer.recordsMax()).toBe(500)
  batchSizer.worked(10, 10_000)
  expect(batchSizer.recordsMax()).toBe(50)
  for (let transaction = 0; transaction < 60; transaction++) batchSizer.worked(1_000, 0.1)
  expect(batchSizer.recordsMax()).toBe(1_000)
})
