/** A thread that scores with one ONNX model for `onnx-thread.ts`. */
import { parentPort, workerData } from 'node:worker_threads'
import { openOnnxSession, type OnnxSession } from './onnx-session.ts'
import type { OnnxJob, OnnxNews, OnnxWorkerData } from './onnx-thread.ts'

const { bytes, choice } = workerData as OnnxWorkerData

function post(news: OnnxNews, transferred: ArrayBuffer[] = []): void {
  parentPort!.postMessage(news, transferred)
}

async function answer(session: OnnxSession, job: Exclude<OnnxJob, 'close'>): Promise<void> {
  try {
    const scores = new Float64Array(job.count * (choice.columns ?? 1))
    await session.score(job, scores)
    post({ scores }, [scores.buffer])
  } catch (error) {
    post({ error: (error as Error).message })
  }
}

try {
  const session = await openOnnxSession(bytes, choice)
  parentPort!.on('message', (job: OnnxJob) => {
    // Without its port nothing keeps the thread alive.
    if (job === 'close') void session.close().finally(() => parentPort!.close())
    else void answer(session, job)
  })
  // Open: of no rows there are no scores.
  post({ scores: new Float64Array(0) })
} catch (error) {
  post({ error: (error as Error).message })
}
