/** Thread that trains one text model for `train-text-in-thread.ts`. */
import { workerData } from 'node:worker_threads'
import { casesOfLines } from '../../../models/text/text-case.ts'
import { openSentenceEncoder } from '../../../runtimes/text/open-sentence-encoder.ts'
import { reportTraining } from '../../../runtimes/train-in-thread.ts'
import { takeLowestPriority } from '../lowest-priority.ts'
import { trainOnText } from './train-on-text.ts'
import type { TextJob } from './train-text-in-thread.ts'

/** The classes of a binary task; the second is the one whose probability is predicted. */
const CLASSES = ['0', '1']

const { texts, lineTimes, labels, times, seed, strategies, backbone } = workerData as TextJob

takeLowestPriority()
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
