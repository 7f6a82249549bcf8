/**
 * Runs calls in threads while another thread is being ended; the calls here are mere delays. Run by
 * `native-calls.test.ts` in a process of its own.
 */
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { terminateThread, nativeCall } from '../../runtimes/native-calls.ts'

const start = (thread: keyof typeof threads) => new Worker(new URL(import.meta.url), { workerData: thread })
const tell = (what: string) => parentPort!.postMessage(what)

const threads = {
  async idle() {
    tell('waits')
    await once(parentPort!, 'message')
  },
  /** Begins a call while another one of this thread runs. */
  async overlapping() {
    const first = nativeCall(() => delay(300))
    tell('calls')
    await delay(100)
    await Promise.all([first, nativeCall(() => delay(50))])
    tell('both calls ended')
    await threads.idle()
  },
  /** Begins a call while it ends a thread that it has started. */
  async parent() {
    const child = start('calling')
    await once(child, 'message')
    const ending = terminateThread(child)
    await nativeCall(() => delay(10))
    await ending
    tell('its thread is ended')
  },
  async calling() {
    await nativeCall(async () => {
      tell('calls')
      await delay(200)
    })
    await threads.idle()
  },
}

if (isMainThread) {
  const idle = start('idle')
  await once(idle, 'message')
  const overlapping = start('overlapping')
  await once(overlapping, 'message')
  const told = once(overlapping, 'message')
  await terminateThread(idle)
  console.log(...(await told))
  console.log(...(await once(start('parent'), 'message')))
  await terminateThread(overlapping)
} else await threads[workerData as keyof typeof threads]()
