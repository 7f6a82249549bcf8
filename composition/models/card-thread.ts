/** Thread that makes one card of a model for `card-in-thread.ts`. */
import { parentPort, workerData } from 'node:worker_threads'
import { takeLowestPriority } from '../../retrainer/training/lowest-priority.ts'
import { openScoringRuntimes } from '../../runtimes/scoring-runtimes.ts'
import { openDatabase } from '../../store/database.ts'
import type { CardAnswer, CardJob } from './card-in-thread.ts'
import { modelCard } from './model-card.ts'

takeLowestPriority()
const { url, modelId, backbone } = workerData as CardJob
const database = openDatabase({ url, poolMax: 1, applicationName: 'scoreline-model-card' })
const runtimes = openScoringRuntimes({ backbone })
const post = (answer: CardAnswer) => parentPort!.postMessage(answer)
try {
  post({ card: await modelCard(database, modelId, runtimes) })
} catch (error) {
  post({ error: (error as Error).message })
} finally {
  await runtimes.close()
  await database.destroy()
}
