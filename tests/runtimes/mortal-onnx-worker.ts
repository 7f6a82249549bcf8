/** A thread that dies of a row that begins with −1, and for the rest is the one that it stands in for. */
import { parentPort } from 'node:worker_threads'
import type { OnnxJob } from '../../runtimes/onnx-thread.ts'

parentPort!.on('message', (job: OnnxJob) => {
  if (job !== 'close' && job.rows[0] === -1) throw new Error('struck down')
})
await import('../../runtimes/onnx-worker.ts')
