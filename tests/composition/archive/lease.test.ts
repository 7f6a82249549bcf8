import { jest } from '@jest/globals'
import { spawnSync } from 'node:child_process'
import { takeLease } from '../../../composition/archive/lease.ts'
import { createMemoryStore } from './memory-store.ts'

const here = { host: 'one', pid: process.pid }
const there = { host: 'other', pid: 1 }

test('a second process is refused with the name of the first, until that has released the archive', async () => {
  const store = createMemoryStore()
  const first = await takeLease(store, here)
  await expect(takeLease(store, there)).rejects.toThrow(`Process ${process.pid} on one writes to this archive`)
  await expect(takeLease(store, { host: 'one', pid: 1 })).rejects.toThrow('only one may')
  await first.release()
  await (await takeLease(store, there)).release()
})

test('a process that was killed on this machine, or restarted under its number, is in nobody’s way', async () => {
  const { pid } = spawnSync(process.execPath, ['--version'])
  const store = createMemoryStore()
  const leases = [
    await takeLease(store, { host: 'one', pid }),
    await takeLease(store, here),
    await takeLease(store, here),
  ]
  for (const lease of leases) await lease.release()
})

test('a process that was killed elsewhere, for three minutes', async () => {
  const store = createMemoryStore()
  jest.useFakeTimers({ now: 0 })
  try {
    await takeLease(store, there)
    jest.clearAllTimers()
    jest.setSystemTime(179_000)
    await expect(takeLease(store, here)).rejects.toThrow('wait until 1970-01-01T00:03:00.000Z')
    jest.setSystemTime(180_000)
    await (await takeLease(store, here)).release()
  } finally {
    jest.useRealTimers()
  }
})
