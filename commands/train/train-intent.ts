import { encodeArtefact } from '../../models/artefact.ts'
import { intentOutputs } from '../../models/intent/intent.ts'
import type { TextMetrics } from '../../models/text/text-metrics.ts'
import type { DateOrder } from '../../models/table/written-dates.ts'
import { casesOf } from '../../retrainer/training/texts/text-cases.ts'
import { intentTextsOf } from '../../retrainer/training/intents/intent-texts.ts'
import { intentSettings } from '../../retrainer/training/intents/learn-intents.ts'
import { writeModelFolder } from '../../retrainer/training/model-folder.ts'
import { readJsonLines } from '../../retrainer/training/read-json-lines.ts'
import {
  advantageOver,
  trainOnIntents,
  type IntentTraining,
} from '../../retrainer/training/intents/train-on-intents.ts'
import { termsAnswers } from '../../retrainer/training/texts/terms-answers.ts'
import type { CommandContext } from '../../composition/context.ts'
import { readingOf, type FileOptions } from '../../composition/training/file-options.ts'
import { piecesFromBackbone } from '../../composition/training/pieces-from-backbone.ts'
import { createProgress } from '../../composition/training/progress.ts'
import { VERSION } from '../../composition/version.ts'

export interface TrainIntentOptions extends FileOptions {
  readonly data: string
  readonly text?: string
  readonly target?: string
  readonly context?: string
  readonly time?: string
  readonly dates?: DateOrder
  readonly terms?: boolean
  readonly compare: boolean
  readonly classWeights?: string
  readonly backbone?: string
  readonly set: Readonly<Record<string, unknown>>
  readonly seed: number
  readonly out?: string
}

/** Trains an intent transformer on JSON lines; prints one line of metrics last. */
export async function trainIntent(context: CommandContext, options: TrainIntentOptions): Promise<void> {
  const { data, text, target, out, seed, classWeights, time } = options
  if (text === undefined || target === undefined || out === undefined)
    throw new Error('train intent needs --text, --target and --out too.')
  const given = classWeights === undefined ? options.set : { classWeights, ...options.set }
  const settings = intentSettings(given)
  const rows = await readJsonLines(data, readingOf(context, options))
  const fields = { text, target, ...(options.context === undefined ? {} : { context: options.context }) }
  const texts = intentTextsOf(rows, fields)
  const { times, newest } = casesOf(rows, { text, time, dates: options.dates })
  // The newest come last where there is a time.
  const ordered = time === undefined ? texts : inOrder(texts, newest)
  const progress = createProgress(`Learning the intents of ${data}`, 1, context.log)
  const vectorOf = piecesFromBackbone(context, options.backbone, settings.width, seed)
  const training = await trainOnIntents(ordered, {
    settings,
    seed,
    withTerms: options.terms !== false,
    vectorOf,
    times,
    progress: (share, loss) => progress.update(options.compare ? share / 2 : share, loss),
  }).finally(() => progress.stop())
  const { testRows, learnedRows } = training
  const terms = await termsAnswers(ordered, learnedRows, testRows, seed)
  const withoutContext =
    texts.width === 0 || !options.compare
      ? undefined
      : await trainOnIntents(ordered, {
          settings: { ...settings, contextOn: 'none' },
          seed,
          withTerms: options.terms !== false,
          vectorOf,
          times,
          measureOnly: true,
        })
  const metrics = {
    ...qualityOf(training, terms, withoutContext, seed),
    intents: texts.intents,
    context: texts.names.length,
    contextOn: texts.width === 0 ? 'none' : settings.contextOn,
    pieces: training.parameters.pieces.length,
    piecesFromBackbone: vectorOf !== undefined,
    epochs: training.epochs,
    trainTexts: training.trainTexts,
    testTexts: training.testTexts,
    split: training.split,
    rare: texts.intents.filter((_, label) => texts.labels.filter((one) => one === label).length < 2),
  }
  for (const name of metrics.rare)
    context.log(
      'warn',
      `The intent ${JSON.stringify(name)} has a single text: it is learned from or measured on, not both.`,
    )
  const artefact = encodeArtefact({
    task: 'intent',
    algorithm: 'intent',
    featureSet: texts.featureSet,
    featureNames: texts.names,
    outputs: intentOutputs(texts),
    parameters: { ...training.parameters, fields },
  })
  const id = writeModelFolder(out, { artefact, metrics, madeBy: VERSION })
  context.log('info', `Model ${id.slice(0, 12)} is in ${out}.`)
  context.print(JSON.stringify(metrics))
}

function qualityOf(
  training: IntentTraining,
  terms: Awaited<ReturnType<typeof termsAnswers>>,
  withoutContext: IntentTraining | undefined,
  seed: number,
) {
  const values = (of: TextMetrics) =>
    Object.fromEntries(Object.entries(of).map(([name, { estimate }]) => [name, estimate]))
  return {
    ...values(training.metrics),
    intervals: Object.fromEntries(
      Object.entries(training.metrics).map(([name, { lower, upper }]) => [name, [lower, upper]]),
    ),
    baselines: { terms: values(terms.metrics), majority: values(terms.majority) },
    advantage: advantageOver(training.right, terms.right, seed),
    ...(withoutContext === undefined
      ? {}
      : {
          withoutContext: values(withoutContext.metrics),
          advantageOfContext: advantageOver(training.right, withoutContext.right, seed),
        }),
    none: training.none,
    threshold: training.threshold,
    shares: training.shares ?? null,
    temperature: training.parameters.temperature,
  }
}

function inOrder(texts: ReturnType<typeof intentTextsOf>, order: Int32Array): ReturnType<typeof intentTextsOf> {
  const { width, rows } = texts
  const picked = new Float32Array(rows.length)
  order.forEach((row, at) => picked.set(rows.subarray(row * width, (row + 1) * width), at * width))
  return {
    ...texts,
    rows: picked,
    texts: Array.from(order, (row) => texts.texts[row]!),
    labels: Int32Array.from(order, (row) => texts.labels[row]!),
  }
}
