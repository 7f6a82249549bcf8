/**
 * Ends threads while ONNX Runtime computes in them, in each possible way, and then the process. Run by
 * `native-calls.test.ts` in a process of its own, which would be the one to abort.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { OutOfTimeError } from '../../retrainer/training/learner.ts'
import { trainTextInThread } from '../../retrainer/training/texts/train-text-in-thread.ts'
import { startOnnxWorkers } from '../../runtimes/onnx-worker-pool.ts'
import { openSentenceEncoder } from '../../runtimes/text/open-sentence-encoder.ts'
import { backboneFolder } from '../models/text/python-reference.ts'
import { sumModel } from './onnx-models.ts'

const backbone = { folder: backboneFolder('bge-small-zh'), precision: 'int8', threads: 1 } as const
const windows = Array.from({ length: 2_000 }, (_, j) =>
  Int32Array.from({ length: 300 }, (_, k) => 100 + ((k * 7 + j) % 5_000)),
)

for (let round = 0; round < 3; round++) {
  const encoder = await openSentenceEncoder(backbone)
  const encoding = encoder.encode(windows).catch(() => undefined)
  await delay(50 + 70 * round)
  await encoder.close()
  await encoding
}

const width = 2_000
const workers = await startOnnxWorkers(sumModel(width))
const scoring = workers
  .score({ count: 50_000, width, rows: new Float32Array(50_000 * width) }, new Float64Array(50_000))
  .catch(() => undefined)
await workers.kill()
await scoring

const texts = Array.from({ length: 500 }, (_, n) => `客户第${n}次来访，对贷款利率很满意，愿意继续合作。`.repeat(5))
const job = {
  texts,
  lineTimes: texts.map(() => [0]),
  labels: Float64Array.from(texts, (_, n) => n % 2),
  times: Float64Array.from(texts.keys()),
  seed: 1,
  backbone,
  strategies: ['visit-wise'],
} as const
const outcome = await trainTextInThread(job as never, undefined, 2_500).catch((error: unknown) => error)
console.log(outcome instanceof OutOfTimeError ? 'out of time' : outcome)

const last = await openSentenceEncoder(backbone)
void last.encode(windows)
await delay(50)
process.exit(7)
