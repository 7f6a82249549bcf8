/** A thread that scores with one ONNX model for `onnx-thread.ts`. */
import { parentPort, workerData } from 'node:worker_threads'
import { openOnnxSession, type OnnxSession } from './onnx-session.ts'
import type { OnnxJob, OnnxResponse, OnnxWorkerData } from './onnx-thread.ts'

const { bytes, choice } = workerData as OnnxWorkerData

function post(news: OnnxResponse, transferred: ArrayBuffer[] = []): void {
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
    // Closing the port lets the thread exit.
    if (job === 'close') void session.close().finally(() => parentPort!.close())
    else void answer(session, job)
  })
  // Reports that the model is open, by scores of zero rows.
  post({ scores: new Float64Array(0) })
} catch (error) {
  post({ error: (error as Error).message })
}
