import { input, numericState, processor, scorer, type Model } from '../../processors/processor.ts'
import { scoreMessage } from '../../processors/score-message.ts'
import { transactions } from '../../schemas/customers/banking.ts'
import { releases, type Release } from '../../schemas/models/releases.ts'
import { scores } from '../../schemas/models/scores.ts'
import { message, type Message } from '../../schemas/topic.ts'
import { counting } from './counting-processor.ts'

/** A scorer that decides by the rows of `counting`. */
const sharing = scorer({
  name: 'sharing',
  version: 1,
  purpose: 'For tests of the shell.',
  outputs: [scores],
  decisionState: [],
  features: counting.features,
  task: 'sharing',
  decide: (_state, scored, _globals, emit) =>
    emit(scoreMessage(scored, { task: 'sharing', features: sharing.features })),
  reevaluateOn: [[releases, 'sharing']],
})

const cards = numericState('cards', 1)

/** A scorer that completes the rows of `counting` with its own state, and scores only the latest. */
const completing = scorer<{ readonly at: number }>({
  name: 'completing',
  version: 1,
  purpose: 'For tests of the shell.',
  inputs: [
    input(transactions, (state, { kind }) => {
      const before = state.get(cards, '')?.[0] ?? 0
      state.put(cards, '', Float64Array.of(before + (kind === 'card' ? 1 : 0)))
    }),
  ],
  state: [cards],
  outputs: [scores],
  decisionState: [],
  features: { id: 'completing@1', names: [...counting.features.names, 'cards'] },
  task: 'completing',
  emitLatestOnly: true,
  row(state, _subject, row, base) {
    row[2] = state.get(cards, '')![0]!
    return { at: base.at }
  },
  decide: (_state, scored, _globals, emit) =>
    emit(scoreMessage(scored, { task: 'completing', features: completing.features })),
  reevaluateOn: [[releases, 'completing']],
})

/** `counting` with a scorer of each kind. */
export const scoredCounting = processor({
  ...counting,
  name: 'scored-counting',
  scorers: [sharing, completing],
} as never)

const featuresOf = (task: string) => [counting, sharing, completing].find((one) => one.task === task)!.features

export function released(task: string, modelId: string): Message {
  const about = { id: `${task}/${modelId}`, occurredAt: 1_700_000_000_000, source: 'test', metrics: {}, reason: 'test' }
  const of = { task, modelId, algorithm: 'sum', featureSet: featuresOf(task).id, artefact: Buffer.from('') }
  return message(releases, { ...about, ...of, replaces: null, trials: [] })
}

/** A model that gives the sum of the row. */
export function sumOfRow({ task, modelId }: Pick<Release, 'task' | 'modelId'>): Model {
  const { id: featureSet, names: featureNames } = featuresOf(task)
  return {
    ...{ id: modelId, task, algorithm: 'sum', featureSet, featureNames, outputs: ['sum'] },
    score({ count, width, rows }, into) {
      for (let index = 0; index < count; index++)
        into[index] = rows.subarray(index * width, (index + 1) * width).reduce((sum, number) => sum + number, 0)
    },
  }
}
