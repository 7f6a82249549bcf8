import { join } from 'node:path'
import { bootstrapInterval, type Interval } from '../../models/evaluation/bootstrap.ts'
import { folds, temporalHoldout, type Split } from '../../models/split.ts'
import { predictedClasses } from '../../models/text/text-metrics.ts'
import { casesOf, type Cases } from '../../retrainer/training/texts/text-cases.ts'
import { advantageOver } from '../../retrainer/training/intents/train-on-intents.ts'
import { trainOnText } from '../../retrainer/training/texts/train-on-text.ts'
import { defaultTuning } from '../../retrainer/training/texts/tune-settings.ts'
import { tuneText } from '../../retrainer/training/texts/tune-text.ts'
import type { Tuned } from '../../runtimes/tensorflow/bert-blocks.ts'
import { loadTensorflow } from '../../runtimes/tensorflow/tensorflow.ts'
import { readBackbone, type Precision } from '../../runtimes/text/backbone-folder.ts'
import { openSentenceEncoder } from '../../runtimes/text/open-sentence-encoder.ts'
import { backboneFolder, haveTextSets, textSets, type TextSet } from './text-sets.ts'

const SEED = 1
const TEST_SHARE = 0.2

interface LabelledCases {
  readonly cases: Cases
  readonly labels: Int32Array
  readonly names: readonly string[]
}

/** A way to train and predict. */
interface Way {
  /** Returns predictions for the test cases of a split, by name of the variant: [test cases × classes]. */
  answers(data: LabelledCases, split: Split): Promise<Readonly<Record<string, Float64Array>>>
  close(): Promise<void>
}

interface Figure {
  readonly way: string
  readonly accuracy: Interval
  /** Accuracy gain over terms alone, on the same texts. */
  readonly beyondTerms: Interval
  /** Training and prediction time over all folds. */
  readonly minutes: number
}

/**
 * Measures the accuracy of terms alone, of frozen backbones with and without terms in float32 and int8, and of tuned
 * ones, each on texts that it was not trained on.
 */
export async function quality(log: (line: string) => void): Promise<unknown> {
  if (!haveTextSets()) return 'skipped: data not present'
  const answers: Record<string, unknown> = {}
  for (const set of textSets) {
    answers[set.name] = await measured(set, log)
    log(`${set.name}: ${JSON.stringify(answers[set.name])}`)
  }
  return answers
}

async function measured(set: TextSet, log: (line: string) => void): Promise<readonly Figure[]> {
  const rows = await set.read()
  const names = [...new Set(rows.map(({ label }) => label))].sort()
  const data: LabelledCases = {
    cases: casesOf(
      rows.map(({ text }) => ({ text })),
      { text: 'text' },
    ),
    labels: Int32Array.from(rows, ({ label }) => names.indexOf(label)),
    names,
  }
  const given = { times: data.cases.times, count: rows.length }
  const splits = set.folds === 1 ? [temporalHoldout(given, TEST_SHARE, SEED)] : folds(given, set.folds, SEED)
  const right = new Map<string, boolean[]>()
  const minutes = new Map<string, number>()
  for (const way of await waysOf(set)) {
    for (const split of splits) {
      const began = performance.now()
      const said = await way.answers(data, split)
      for (const [name, probabilities] of Object.entries(said)) {
        const judged = right.get(name) ?? []
        predictedClasses(probabilities, names.length).forEach((answer, place) =>
          judged.push(answer === data.labels[split.test[place]!]),
        )
        right.set(name, judged)
        minutes.set(name, (minutes.get(name) ?? 0) + (performance.now() - began) / 60_000)
      }
    }
    await way.close()
    log(`${set.name}: ${[...right].map(([name, all]) => `${name} ${(100 * share(all)).toFixed(2)} %`).join(', ')}`)
  }
  return [...right].map(([way, all]) => ({
    way,
    accuracy: bootstrapInterval(all.length, (drawn) => share(Array.from(drawn, (row) => all[row]!)), { seed: SEED }),
    beyondTerms: advantageOver(all, right.get('terms')!, SEED),
    minutes: minutes.get(way)!,
  }))
}

async function waysOf(set: TextSet): Promise<readonly Way[]> {
  const { backend } = await loadTensorflow()
  const frozen = await Promise.all(set.precisions.map((precision) => frozenWay(set, precision)))
  return [...frozen, ...(backend === 'native' ? set.tuned.map((tune) => tunedWay(set, tune)) : [])]
}

async function frozenWay({ backbone, precisions }: TextSet, precision: Precision): Promise<Way> {
  const folder = backboneFolder(backbone)
  const encoder = await openSentenceEncoder({ folder, precision, pooling: 'first-and-mean', threads: 2 })
  return {
    async answers({ cases, labels, names }, split) {
      const options = {
        encoder,
        strategies: ['head-tail'],
        classWeights: 'none',
        seed: SEED,
        split,
        measureOnly: true,
      } as const
      const joined = await trainOnText(cases, labels, names, { ...options, withTerms: true })
      const { baselineProbabilities } = joined
      const head = await trainOnText(cases, labels, names, { ...options, withTerms: false, baselineProbabilities })
      return {
        ...(precision === precisions[0] ? { terms: baselineProbabilities } : {}),
        [`head, ${precision}`]: head.probabilities,
        [`head with terms, ${precision}`]: joined.probabilities,
      }
    },
    close: () => encoder.close(),
  }
}

function tunedWay({ backbone, settings }: TextSet, tune: Tuned): Way {
  const folder = backboneFolder(backbone)
  const { tokenizer } = readBackbone(folder, 'float32', undefined)
  return {
    async answers({ cases: { cases, times }, labels, names }, split) {
      const { probabilities } = await tuneText(cases, times, labels, names, {
        file: join(folder, 'model.onnx'),
        tokenizer,
        tune,
        strategy: 'head-tail',
        classWeights: 'none',
        settings: { ...defaultTuning[tune], ...settings?.[tune] },
        seed: SEED,
        split,
      })
      return { [tune]: probabilities }
    },
    close: () => Promise.resolve(),
  }
}

function share(all: readonly boolean[]): number {
  return all.reduce((sum, right) => sum + Number(right), 0) / all.length
}
