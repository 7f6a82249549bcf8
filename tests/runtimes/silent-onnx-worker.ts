/** A worker that opens its model and then never answers. */
import { parentPort } from 'node:worker_threads'

parentPort!.on('message', () => {})
parentPort!.postMessage({ scores: new Float64Array(0) })
