/** A worker that dies on the id 999, and otherwise behaves like the real one. */
import { parentPort } from 'node:worker_threads'
import type { EncoderJob } from '../../../runtimes/text/encoder-threads.ts'

parentPort!.on('message', (windows: EncoderJob) => {
  if (windows.some((window) => window.includes(999))) throw new Error('struck down')
})
await import('../../../runtimes/text/encoder-worker.ts')
