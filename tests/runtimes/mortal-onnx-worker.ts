/** A worker that dies on a row that begins with −1, and otherwise behaves like the real one. */
import { parentPort } from 'node:worker_threads'
import type { OnnxJob } from '../../runtimes/onnx-thread.ts'

parentPort!.on('message', (job: OnnxJob) => {
  if (job !== 'close' && job.rows[0] === -1) throw new Error('struck down')
})
await import('../../runtimes/onnx-worker.ts')
