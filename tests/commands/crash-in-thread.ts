/**
 * Preloaded into every thread of a process: throws in the stream thread `CRASH_THREAD`, from a timer, once the file
 * `CRASH_FILE` exists.
 */
import { existsSync } from 'node:fs'
import { workerData } from 'node:worker_threads'

const { CRASH_THREAD, CRASH_FILE } = process.env
if (String((workerData as { thread?: number } | null)?.thread) === CRASH_THREAD) {
  setInterval(() => {
    if (existsSync(CRASH_FILE!)) throw new TypeError('a bug in a thread')
  }, 20).unref()
}
