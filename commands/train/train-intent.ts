import { encodeArtefact } from '../../models/artefact.ts'
import { intentOutputs } from '../../models/intent/intent.ts'
import type { OutOfScopeMetrics } from '../../models/intent/out-of-scope-metrics.ts'
import type { TextMetrics } from '../../models/text/text-metrics.ts'
import type { DateOrder } from '../../models/table/written-dates.ts'
import { joinCases, type TextFiles } from '../../retrainer/training/texts/join-cases.ts'
import { repeatedTextNotes } from '../../retrainer/training/texts/repeated-texts.ts'
import { splitTexts } from '../../retrainer/training/texts/text-split.ts'
import { unparsedContextNote } from '../../retrainer/training/intents/contexts.ts'
import { intentTextsOf, type IntentTextsOfRows } from '../../retrainer/training/intents/intent-texts.ts'
import { intentSettings } from '../../retrainer/training/intents/learn-intents.ts'
import { writeModelFolder } from '../../retrainer/training/model-folder.ts'
import {
  advantageOver,
  trainOnIntents,
  type IntentTraining,
} from '../../retrainer/training/intents/train-on-intents.ts'
import type { CommandContext } from '../../composition/context.ts'
import { classesPage } from '../../retrainer/training/texts/classes-page.ts'
import { checkIntentFolder } from '../../composition/training/check-intent-folder.ts'
import type { FileOptions } from '../../composition/training/file-options.ts'
import { readTextFiles } from '../../composition/training/read-text-files.ts'
import { piecesFromBackbone } from '../../composition/training/pieces-from-backbone.ts'
import { createProgress } from '../../composition/training/progress.ts'
import { VERSION } from '../../composition/version.ts'

export interface TrainIntentOptions extends FileOptions {
  readonly data: string
  readonly validation?: string
  readonly test?: string
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
  const { data, text, target, out, seed, classWeights } = options
  if (text === undefined || target === undefined || out === undefined)
    throw new Error('train intent also needs --text, --target and --out.')
  const given = classWeights === undefined ? options.set : { classWeights, ...options.set }
  const settings = intentSettings(given)
  const fields = { text, target, ...(options.context === undefined ? {} : { context: options.context }) }
  const { rows, times, split, splitWords } = readInOrder(await readTextFiles(context, options), options, text)
  const { train, test } = splitTexts(times, seed, { split })
  const texts = intentTextsOf(rows, fields, train)
  for (const one of texts.unparsedContexts) context.log('warn', unparsedContextNote(one))
  const progress = createProgress(`Learning the intents of ${data}`, 1, context.log)
  const vectorOf = piecesFromBackbone(context, options.backbone, settings.width, seed)
  const trainingOptions = {
    settings,
    seed,
    withTerms: options.terms !== false,
    vectorOf,
    times,
    split: { ...split, train, test },
  }
  const compares = texts.width > 0 && options.compare
  const training = await trainOnIntents(texts, {
    ...trainingOptions,
    // With a separate test file, the final model is not refitted on the test texts.
    measureOnly: options.test !== undefined,
    withBaseline: true,
    progress: (share, loss) => progress.update(compares ? (2 / 3) * share : share, loss),
  }).catch((error: unknown) => {
    progress.stop()
    throw error
  })
  const withoutContext = !compares
    ? undefined
    : await trainOnIntents(texts, {
        ...trainingOptions,
        settings: { ...settings, contextOn: 'none' },
        measureOnly: true,
        progress: (share, loss) => progress.update(2 / 3 + share / 3, loss),
      })
  progress.stop()
  const metrics = {
    ...qualityOf(training, withoutContext, seed),
    intents: texts.intents,
    context: texts.names.length,
    contextOn: texts.width === 0 ? 'none' : settings.contextOn,
    pieces: training.parameters.pieces.length,
    piecesFromBackbone: vectorOf !== undefined,
    epochs: training.epochs,
    trainTexts: training.trainTexts,
    testTexts: training.testTexts,
    split: splitWords,
    rare: texts.intents.filter((_, label) => texts.labels.filter((one) => one === label).length < 2),
  }
  warnRareIntents(context, metrics.rare)
  const repeated = repeatedTextNotes(texts, training.learnedRows, training.testRows, training.right)
  for (const note of repeated) context.log('info', note)
  const artefact = encodeArtefact({
    task: 'intent',
    algorithm: 'intent',
    featureSet: texts.featureSet,
    featureNames: texts.names,
    outputs: intentOutputs(texts),
    parameters: { ...training.parameters, fields },
  })
  const report = reportOf(training, texts, { target, split: splitWords, seed, repeated })
  const id = writeModelFolder(out, { artefact, metrics, report, madeBy: VERSION })
  await checkIntentFolder(out, rows, texts.labels, training)
  context.log('info', `Model ${id.slice(0, 12)} is in ${out}; report.html shows its quality.`)
  context.print(JSON.stringify(metrics))
}

function warnRareIntents({ log }: CommandContext, rare: readonly string[]): void {
  for (const name of rare)
    log(
      'warn',
      `The intent ${JSON.stringify(name)} has a single text, which can be used for training or for testing, but not for both.`,
    )
}

/** Joins the rows of all files, newest last if they have a time. */
function readInOrder(
  files: TextFiles,
  { time, dates, seed }: Pick<TrainIntentOptions, 'time' | 'dates' | 'seed'>,
  text: string,
) {
  const { rows, cases, split, splitWords } = joinCases(files, { text, time, dates }, seed)
  return { rows: Array.from(cases.newest, (row) => rows[row]!), times: cases.times, split, splitWords }
}

function reportOf(
  training: IntentTraining,
  { labels, intents, unparsedContexts }: IntentTextsOfRows,
  {
    target,
    split,
    seed,
    repeated,
  }: {
    readonly target: string
    readonly split: string
    readonly seed: number
    readonly repeated: readonly string[]
  },
): string {
  const { metrics, baseline, none, learnedRows, testRows, amongIntents } = training
  const labelsOf = (rows: Int32Array) => rows.map((row) => labels[row]!).filter((label) => label !== -1)
  return classesPage({
    title: `Intents: ${target}`,
    task: `probability of each of ${intents.length} intents, and of none of them`,
    algorithm: 'intent',
    unit: 'texts',
    names: intents,
    split,
    notes: [
      ...unparsedContexts.map(unparsedContextNote),
      ...repeated,
      noneWords('The model', none),
      noneWords('Terms alone', baseline!.none),
    ],
    trainLabels: labelsOf(learnedRows),
    testLabels: labelsOf(testRows),
    probabilities: amongIntents,
    metrics,
    baselines: { 'Terms alone': baseline!.metrics, 'Shares of the intents': baseline!.majority },
    seed,
  })
}

/** Describes how many texts without an intent are detected, and how many with one are rejected. */
function noneWords(who: string, { knownLost, noneCaught, auroc, noneTexts }: OutOfScopeMetrics): string {
  const share = (value: number) => `${(100 * value).toFixed(1)} %`
  const lost = `${share(knownLost)} of the texts with an intent are mistaken for texts without one`
  return noneCaught === null
    ? `${who}: ${lost}.`
    : `${who}: ${share(noneCaught)} of ${noneTexts} texts without an intent are detected (AUROC ${auroc!.toFixed(4)}), and ${lost}.`
}

function qualityOf(training: IntentTraining, withoutContext: IntentTraining | undefined, seed: number) {
  const values = (of: TextMetrics) =>
    Object.fromEntries(Object.entries(of).map(([name, { estimate }]) => [name, estimate]))
  const baseline = training.baseline!
  return {
    ...values(training.metrics),
    intervals: Object.fromEntries(
      Object.entries(training.metrics).map(([name, { lower, upper }]) => [name, [lower, upper]]),
    ),
    baselines: { terms: values(baseline.metrics), majority: values(baseline.majority) },
    advantage: advantageOver(training.right, baseline.right, seed),
    ...(withoutContext === undefined
      ? {}
      : {
          withoutContext: values(withoutContext.metrics),
          advantageOfContext: advantageOver(training.right, withoutContext.right, seed),
        }),
    none: { ...training.none, baseline: baseline.none },
    threshold: training.threshold,
    shares: training.shares ?? null,
    temperature: training.parameters.temperature,
  }
}
