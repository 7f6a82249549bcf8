import { input, processor, type Processor } from '../../processors/processor.ts'
import { message, type Topic } from '../../schemas/topic.ts'
import { rowToArray } from '../../features/row-to-array.ts'
import { benchFeatures } from './features.ts'
import type { BenchScore, BenchTransaction } from './schemas.ts'

/**
 * Creates SB-S as an ordinary processor: sixteen features per customer and a score for every transaction, which is the
 * subject.
 */
export function benchProcessor(transactions: Topic<BenchTransaction>, scores: Topic<BenchScore>): Processor {
  const features = benchFeatures(transactions)
  return processor<{ readonly at: number }>({
    name: 'sb-s',
    version: 1,
    purpose: 'Scores every transaction by sixteen features of its customer.',
    inputs: [
      input(transactions, (state, event, requestScore) => {
        features.fold(state, event)
        requestScore(event.transactionId)
      }),
    ],
    outputs: [scores],
    state: features.kinds,
    decisionState: [],
    features,
    task: 'sb-s',
    subjects: () => [],
    row(state, _subject, row) {
      const at = features.latest(state)
      features.row(state, at, row, 0)
      return { at }
    },
    decide(_decisionState, { key, subject, rowContext, row, probability, modelId }, _globals, emit) {
      emit(
        message(scores, {
          customerId: key,
          transactionId: subject,
          occurredAt: rowContext.at,
          probability: probability!,
          modelId: modelId!,
          features: rowToArray(row),
        }),
      )
    },
  })
}
