/**
 * Threads of one process share LMDB’s data about an open file; a task’s folder must still belong to the thread that
 * claimed it last.
 */
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { deleteStore } from '../../streams/state/store-file.ts'
import type { StoreOrder } from './store-in-thread.ts'

let directory: string
let workers: Worker[] = []
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'store-'))))
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.terminate()))
  workers = []
  deleteStore(directory)
})

function startThread() {
  const worker = new Worker(new URL('./store-in-thread.ts', import.meta.url), { workerData: { directory } })
  workers.push(worker)
  return {
    async ask(order: StoreOrder): Promise<string> {
      const answer = once(worker, 'message')
      worker.postMessage(order)
      return String((await answer)[0])
    },
    async die(): Promise<void> {
      const gone = once(worker, 'exit')
      worker.postMessage({ do: 'die' } satisfies StoreOrder)
      await gone
    },
  }
}

test('a store that one thread has closed is taken over by another with all that it holds', async () => {
  const [one, two] = [startThread(), startThread()]
  expect(await one.ask({ do: 'open', as: '1:0' })).toBe('ok')
  expect(await one.ask({ do: 'checkpoint', as: 'first' })).toBe('ok')
  expect(await one.ask({ do: 'close' })).toBe('ok')
  expect(await two.ask({ do: 'open', as: '1:1' })).toBe('ok')
  expect(await two.ask({ do: 'read' })).toBe('first')
})

test('a thread with the store open can’t write once another has claimed it, and may close it safely', async () => {
  const [late, owner, next] = [startThread(), startThread(), startThread()]
  expect(await late.ask({ do: 'open', as: '1:0' })).toBe('ok')
  expect(await late.ask({ do: 'checkpoint', as: 'early' })).toBe('ok')
  expect(await owner.ask({ do: 'open', as: '1:1' })).toBe('ok')
  expect(await late.ask({ do: 'checkpoint', as: 'late' })).toBe('StoreTakenOverError')
  expect(await owner.ask({ do: 'checkpoint', as: 'owned' })).toBe('ok')
  expect(await late.ask({ do: 'close' })).toBe('ok')
  expect(await owner.ask({ do: 'checkpoint', as: 'owned on' })).toBe('ok')
  expect(await owner.ask({ do: 'close' })).toBe('ok')
  expect(await next.ask({ do: 'open', as: '1:2' })).toBe('ok')
  expect(await next.ask({ do: 'read' })).toBe('owned on')
})

test('a thread that dies with its store open leaves it whole for another', async () => {
  const [one, two] = [startThread(), startThread()]
  expect(await one.ask({ do: 'open', as: '1:0' })).toBe('ok')
  expect(await one.ask({ do: 'checkpoint', as: 'kept' })).toBe('ok')
  await one.die()
  expect(await two.ask({ do: 'open', as: '1:1' })).toBe('ok')
  expect(await two.ask({ do: 'read' })).toBe('kept')
  expect(await two.ask({ do: 'checkpoint', as: 'more' })).toBe('ok')
})
