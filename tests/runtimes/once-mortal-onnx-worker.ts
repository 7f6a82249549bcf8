/** A worker that dies on its first batch as long as a file exists, which it removes first. */
import { existsSync, rmSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import type { OnnxJob } from '../../runtimes/onnx-thread.ts'

const marker = process.env['SCORELINE_TEST_MARKER']!

parentPort!.on('message', (job: OnnxJob) => {
  if (job === 'close' || !existsSync(marker)) return
  rmSync(marker)
  throw new Error('struck down')
})
await import('../../runtimes/onnx-worker.ts')
