import { bootstrapInterval, type Interval } from '../../models/evaluation/bootstrap.ts'
import { clustersOf } from '../../models/evaluation/clusters.ts'
import { logLoss } from '../../models/evaluation/metrics.ts'
import { STRATEGIES, type Strategy } from '../../models/text/windows.ts'
import { trainOnText } from '../../retrainer/training/texts/train-on-text.ts'
import { openSentenceEncoder } from '../../runtimes/text/open-sentence-encoder.ts'
import { simulatedHistories, wholeTalks, type LongCases } from './long-cases.ts'
import { aucWithinParts, rollingSplits } from './rolling.ts'
import { backboneFolder, haveTextSets } from './text-sets.ts'

const SEED = 1
const PARTS = { parts: 8, learned: 3 }

interface Figures {
  readonly auc: Interval
  readonly logLoss: number
  /** AUC gain over the strategy `newest`, on the same cases. */
  readonly beyondNewest: Interval
}

interface Compared {
  readonly cases: number
  readonly share: number
  /** Share of cases that are longer than the window. */
  readonly longer: number
  readonly recordsMean: number
  readonly byStrategy: Readonly<Record<string, Figures>>
}

/** Compares the three strategies for cases longer than the window on the same cases, with terms and without. */
export async function strategies(log: (line: string) => void): Promise<unknown> {
  const sets = [simulatedHistories(365, 300), ...(haveTextSets() ? [await wholeTalks()] : [])]
  const answers: Record<string, Compared> = {}
  for (const set of sets) {
    answers[set.name] = await compared(set)
    log(`${set.name}: ${JSON.stringify(answers[set.name])}`)
  }
  return answers
}

async function compared({ backbone, cases, times, labels, customers }: LongCases): Promise<Compared> {
  const encoder = await openSentenceEncoder({
    folder: backboneFolder(backbone),
    precision: 'int8',
    pooling: 'first-and-mean',
    threads: 2,
  })
  const rows = Int32Array.from(cases.keys())
  const outcomes = Float64Array.from(labels)
  const splits = rollingSplits(cases.length, PARTS)
  const predictions = new Map<string, Float64Array>()
  let longer = 0
  try {
    for (const withTerms of [false, true])
      for (const strategy of STRATEGIES) {
        const own = new Float64Array(cases.length)
        for (const split of splits) {
          const options = { encoder, classWeights: 'none', seed: SEED, split, measureOnly: true } as const
          const given = { cases, caseOf: rows, newest: rows, times }
          const training = await trainOnText(given, labels, ['0', '1'], {
            ...options,
            strategies: [strategy],
            withTerms,
          })
          if (strategy === 'newest') longer = training.truncated.cases
          split.test.forEach((row, place) => (own[row] = training.probabilities[2 * place + 1]!))
        }
        predictions.set(nameOf(strategy, withTerms), own)
      }
  } finally {
    await encoder.close()
  }
  const tested = Int32Array.from(splits.flatMap(({ test }) => [...test]))
  const aucOf = aucWithinParts(splits, outcomes)
  const at = (places: Int32Array) => places.map((place) => tested[place]!)
  const clusters = clustersOf(Array.from(tested, (row) => customers[row]!))
  const draw = (statistic: (rows: Int32Array) => number) =>
    bootstrapInterval(tested.length, (places) => statistic(at(places)), { seed: SEED, clusters })
  const figuresOf = (name: string, own: Float64Array): Figures => {
    const newest = predictions.get(nameOf('newest', name.endsWith(WITH_TERMS)))!
    return {
      auc: draw((rows) => aucOf(own, rows)),
      logLoss: logLoss(
        Float64Array.from(tested, (row) => outcomes[row]!),
        Float64Array.from(tested, (row) => own[row]!),
      ),
      beyondNewest: draw((rows) => aucOf(own, rows) - aucOf(newest, rows)),
    }
  }
  return {
    cases: cases.length,
    share: outcomes.reduce((sum, one) => sum + one, 0) / cases.length,
    longer: longer / cases.length,
    recordsMean: cases.reduce((sum, { records }) => sum + records.length, 0) / cases.length,
    byStrategy: Object.fromEntries([...predictions].map(([name, own]) => [name, figuresOf(name, own)])),
  }
}

const WITH_TERMS = ' with terms'
const nameOf = (strategy: Strategy, withTerms: boolean) => `${strategy}${withTerms ? WITH_TERMS : ''}`
