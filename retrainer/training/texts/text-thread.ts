/** Thread that trains one text model for `train-text-in-thread.ts`. */
import { setPriority } from 'node:os'
import { workerData } from 'node:worker_threads'
import { casesOfLines } from '../../../models/text/text-case.ts'
import { openSentenceEncoder } from '../../../runtimes/text/open-sentence-encoder.ts'
import { reportTraining } from '../../../runtimes/train-in-thread.ts'
import { trainOnText } from './train-on-text.ts'
import type { TextJob } from './train-text-in-thread.ts'

/** The classes of a binary task; the second is the one whose probability is predicted. */
const CLASSES = ['0', '1']
const PRIORITY_LOWEST = 19

const { texts, lineTimes, labels, times, seed, strategies, backbone } = workerData as TextJob

// On Linux, the priority applies only to this thread and the threads that it starts.
if (process.platform === 'linux') setPriority(PRIORITY_LOWEST)
await reportTraining(async (progress) => {
  const encoder = await openSentenceEncoder({ ...backbone, pooling: 'first-and-mean' })
  try {
    const cases = casesOfLines(texts, lineTimes)
    const places = Int32Array.from(cases.keys())
    const { parameters } = await trainOnText(
      { cases, caseOf: places, newest: places, times },
      Int32Array.from(labels),
      CLASSES,
      { encoder, strategies, withTerms: 'if-better', classWeights: 'none', seed, progress },
    )
    return parameters
  } finally {
    await encoder.close()
  }
})
