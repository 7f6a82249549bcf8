/** A thread that encodes windows for `encoder-threads.ts`. */
import { parentPort, workerData } from 'node:worker_threads'
import type { EncoderJob, EncoderResponse, EncoderWorkerData } from './encoder-threads.ts'
import { openEncodingSession } from './encoding-session.ts'

const { path, pooling, vocabularySize, oneByOne } = workerData as EncoderWorkerData

const post = (news: EncoderResponse, moved: ArrayBuffer[] = []): void => parentPort!.postMessage(news, moved)

try {
  const session = await openEncodingSession(path, pooling, vocabularySize)
  parentPort!.on('message', (windows: EncoderJob) => {
    const encoding = oneByOne ? separately(windows) : session.encode(windows)
    encoding.then(
      (vectors) => post({ vectors }, [vectors.buffer]),
      (error: Error) => post({ error: error.message }),
    )
  })
  post({ dimension: session.dimension })

  async function separately(windows: EncoderJob): Promise<Float32Array<ArrayBuffer>> {
    const vectors = new Float32Array(windows.length * session.dimension)
    for (const [row, window] of windows.entries()) vectors.set(await session.encode([window]), row * session.dimension)
    return vectors
  }
} catch (error) {
  post({ error: (error as Error).message })
}
