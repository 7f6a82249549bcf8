/** A worker whose vectors contain the number of windows encoded before. */
import { parentPort } from 'node:worker_threads'
import type { EncoderJob } from '../../../runtimes/text/encoder-threads.ts'

let count = 0
parentPort!.on('message', (windows: EncoderJob) => {
  const vectors = Float32Array.from({ length: windows.length * 2 }, (_, place) => (place % 2 === 0 ? count++ : 0))
  parentPort!.postMessage({ vectors })
})
parentPort!.postMessage({ dimension: 2 })
