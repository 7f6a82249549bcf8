import { createBatchMemory } from '../../../kafka/producer/batch-memory.ts'

test('returned memory is reused for the same size or less, not for more', () => {
  const memory = createBatchMemory()
  const first = memory.take(20_000)
  expect(first.length).toBe(32_768)
  memory.give(first.subarray(0, 20_000))
  expect(memory.take(40_000).buffer).not.toBe(first.buffer)
  expect(memory.take(30_000).buffer).toBe(first.buffer)
})

test('memory that is returned twice is lent only once', () => {
  const memory = createBatchMemory()
  const buffer = memory.take(1)
  memory.give(buffer)
  memory.give(buffer)
  expect(memory.take(1).buffer).toBe(buffer.buffer)
  expect(memory.take(1).buffer).not.toBe(buffer.buffer)
})

test('foreign memory is left alone: a slice of a shared buffer would hand out its neighbours', () => {
  const memory = createBatchMemory()
  const foreign = Buffer.alloc(16_384)
  memory.give(foreign)
  memory.give(Buffer.alloc(0))
  expect(memory.take(1).buffer).not.toBe(foreign.buffer)
})

test('no more than the limit is kept', () => {
  const memory = createBatchMemory()
  const buffers = Array.from({ length: 100 }, () => memory.take(1 << 20))
  buffers.forEach(memory.give)
  const again = Array.from({ length: 100 }, () => memory.take(1 << 20))
  const before = new Set(buffers.map(({ buffer }) => buffer))
  expect(again.filter(({ buffer }) => before.has(buffer))).toHaveLength(8)
})
