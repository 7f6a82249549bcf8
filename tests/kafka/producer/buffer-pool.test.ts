import { createBufferPool } from '../../../kafka/producer/buffer-pool.ts'

test('memory that was given back is reused for what needs as much, not for what needs more', () => {
  const memory = createBufferPool()
  const first = memory.allocate(20_000)
  expect(first.length).toBe(32_768)
  memory.release(first.subarray(0, 20_000))
  expect(memory.allocate(40_000).buffer).not.toBe(first.buffer)
  expect(memory.allocate(30_000).buffer).toBe(first.buffer)
})

test('what is given twice is not lent to two', () => {
  const memory = createBufferPool()
  const buffer = memory.allocate(1)
  memory.release(buffer)
  memory.release(buffer)
  expect(memory.allocate(1).buffer).toBe(buffer.buffer)
  expect(memory.allocate(1).buffer).not.toBe(buffer.buffer)
})

test('memory of others is left alone: a slice of a shared piece would hand out its neighbours', () => {
  const memory = createBufferPool()
  const foreign = Buffer.alloc(16_384)
  memory.release(foreign)
  memory.release(Buffer.alloc(0))
  expect(memory.allocate(1).buffer).not.toBe(foreign.buffer)
})

test('so much is kept and no more', () => {
  const memory = createBufferPool()
  const buffers = Array.from({ length: 100 }, () => memory.allocate(1 << 20))
  buffers.forEach(memory.release)
  const again = Array.from({ length: 100 }, () => memory.allocate(1 << 20))
  const before = new Set(buffers.map(({ buffer }) => buffer))
  expect(again.filter(({ buffer }) => before.has(buffer))).toHaveLength(8)
})
