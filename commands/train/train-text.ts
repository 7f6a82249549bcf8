import { basename } from 'node:path'
import { encodeArtefact } from '../../models/artefact.ts'
import { STRATEGIES, type Strategy } from '../../models/text/windows.ts'
import { textOf } from '../../models/text/text-case.ts'
import { predictedClasses, type TextMetrics } from '../../models/text/text-metrics.ts'
import { writeModelFolder } from '../../retrainer/training/model-folder.ts'
import { joinCases, type JoinedCases } from '../../retrainer/training/texts/join-cases.ts'
import { repeatedTextNotes } from '../../retrainer/training/texts/repeated-texts.ts'
import type { Cases } from '../../retrainer/training/texts/text-cases.ts'
import { labelsOf, notesOnCases } from '../../retrainer/training/texts/text-labels.ts'
import { hasLabelSets, labelSetsOf, type LabelSets } from '../../retrainer/training/texts/label-sets.ts'
import {
  trainOnText,
  type TextTraining,
  type TextTrainingOptions,
} from '../../retrainer/training/texts/train-on-text.ts'
import { vocabularyWarnings } from '../../composition/training/vocabulary-warnings.ts'
import { classesPage } from '../../retrainer/training/texts/classes-page.ts'
import { trainLabelSets } from '../../composition/training/train-label-sets.ts'
import { checkTextFolder, textLossesOf } from '../../composition/training/check-text-folder.ts'
import { readTextFiles } from '../../composition/training/read-text-files.ts'
import { openSentenceEncoder } from '../../runtimes/text/open-sentence-encoder.ts'
import type { Tuned } from '../../runtimes/tensorflow/bert-blocks.ts'
import { backboneFolder, backboneOf } from '../../composition/training/backbone.ts'
import type { CommandContext } from '../../composition/context.ts'
import type { TrainTextOptions } from '../../composition/training/train-text-options.ts'
import { trainTunedText } from '../../composition/training/train-tuned-text.ts'
import { createProgress } from '../../composition/training/progress.ts'
import { VERSION } from '../../composition/version.ts'

/** Trains a text classifier on a file of JSON lines, on a frozen backbone unless `--tune` says otherwise. */
export async function trainText(context: CommandContext, options: TrainTextOptions): Promise<void> {
  const { data: file, text, target, group, time, out, seed, compare } = options
  if (text === undefined || target === undefined || out === undefined)
    throw new Error('train text also needs --text, --target and --out.')
  const tune = tuneNamed(options.tune)
  if (tune === 'head' && Object.keys(options.set ?? {}).length > 0)
    throw new Error('train text accepts --set only with --tune last or --tune all, which tune the backbone.')
  if (tune !== 'head') return trainTunedText(context, { ...options, text, target, out, tune })
  const files = await readTextFiles(context, options)
  const joined = joinCases(files, { text, group, time, dates: options.dates }, seed)
  const { cases } = joined
  const fields = { text, group, time, dates: cases.dates }
  const { sets, labels, names } = targetOf(joined, target, options)
  const strategies = compare ? STRATEGIES : [strategyNamed(options.strategy, group !== undefined)]
  const configured = backboneOf(context.config)
  const folder = options.backbone === undefined ? configured.folder : backboneFolder(options.backbone)
  const precision = precisionNamed(options.precision) ?? configured.precision
  const encoder = await openSentenceEncoder({ ...configured, folder, precision, pooling: 'first-and-mean' })
  const progress = createProgress(`Training on the texts of ${file}`, 1, context.log)
  try {
    const trainingOptions: TextTrainingOptions = {
      encoder,
      strategies,
      withTerms: options.terms ?? 'if-better',
      classWeights: options.classWeights === 'balanced' ? 'balanced' : 'none',
      seed,
      ...(joined.split === undefined ? {} : { split: joined.split }),
      // With a separate test file, the final model is not refitted on the test cases.
      measureOnly: files.test !== undefined,
      progress: (done, of, loss) => progress.update(done / of, loss),
    }
    const backbone = basename(folder)
    if (sets !== undefined)
      return await trainLabelSets(context, { files, joined, fields, sets, target, out, backbone }, trainingOptions)
    const training = await trainOnText(cases, labels, names, trainingOptions)
    progress.stop()
    const warnings = vocabularyWarnings(training.unsupportedScripts, cases.cases.length, backbone)
    for (const words of warnings) context.log('warn', words)
    const notes = [...notesOf(training), ...repeatedOf(training, cases, labels, names.length)]
    for (const note of notes) context.log('info', note)
    const metrics = { ...metricsOf(training, names, cases), split: joined.splitWords }
    const artefact = encodeArtefact({
      task: 'text',
      algorithm: 'text',
      featureSet: 'text@1',
      featureNames: [],
      ...(names.length === 2 ? {} : { outputs: names }),
      parameters: { ...training.parameters, fields },
    })
    const report = reportOf(training, { names, labels, target, split: joined.splitWords, seed }, [
      ...warnings,
      ...notes,
    ])
    const id = writeModelFolder(out, { artefact, metrics, report, madeBy: VERSION })
    const tested = {
      files,
      seed,
      testRows: training.testRows,
      lossesOf: textLossesOf(labels, training.testRows, names.length),
      trained: training.finalProbabilities,
      measured: training.probabilities,
    }
    await checkTextFolder(out, tested, { encoder: () => () => Promise.resolve(encoder) })
    context.log('info', `Model ${id.slice(0, 12)} is in ${out}; report.html shows its quality.`)
    context.print(JSON.stringify(metrics))
  } finally {
    progress.stop()
    await encoder.close()
  }
}

/** Returns the labels: one class per case, or a set of labels per case. */
function targetOf(
  { rows, cases, placeOf }: JoinedCases,
  target: string,
  { labelSeparator, positive }: TrainTextOptions,
): { readonly sets?: LabelSets; readonly labels: Int32Array; readonly names: readonly string[] } {
  if (!hasLabelSets(rows, target, labelSeparator)) return labelsOf(rows, cases, target, positive, placeOf)
  if (positive !== undefined)
    throw new Error(
      '--positive can’t be used here: it is for a single label per case, and these cases may have several.',
    )
  return { sets: labelSetsOf(rows, cases, target, labelSeparator, placeOf), labels: new Int32Array(0), names: [] }
}

function tuneNamed(name = 'head'): 'head' | Tuned {
  if (name === 'head' || name === 'last' || name === 'all') return name
  throw new Error(`--tune ${name} is unknown. It must be head (frozen backbone), last (its last layer too) or all.`)
}

function strategyNamed(name: string | undefined, grouped: boolean): Strategy {
  if (name === undefined) return grouped ? 'visit-wise' : 'head-tail'
  const found = STRATEGIES.find((one) => one === name)
  if (found === undefined) throw new Error(`There is no strategy ${name}. Available: ${STRATEGIES.join(', ')}.`)
  return found
}

function precisionNamed(name: string | undefined): 'int8' | 'float32' | undefined {
  if (name === undefined || name === 'int8' || name === 'float32') return name
  throw new Error(`There is no precision ${name}. Available: int8, float32.`)
}

function notesOf({ tried, truncated, rare, parameters }: TextTraining): string[] {
  return [
    ...tried.map(
      ({ strategy, withTerms, penalty, logLoss }) =>
        `${strategy}, penalty ${penalty.vectors} for vectors${withTerms ? ` and ${penalty.terms} for terms` : ''}: log loss ${logLoss.toFixed(4)} on the validation cases`,
    ),
    `Chosen: ${parameters.strategy}${parameters.terms === null ? ', without terms' : ''}.`,
    ...notesOnCases(truncated, rare),
  ]
}

function repeatedOf(
  { probabilities, trainRows, testRows }: TextTraining,
  { cases }: Cases,
  labels: Int32Array,
  classes: number,
): string[] {
  const right = Array.from(
    predictedClasses(probabilities, classes),
    (answer, place) => answer === labels[testRows[place]!],
  )
  return repeatedTextNotes({ texts: cases.map(textOf), labels }, trainRows, testRows, right)
}

function reportOf(
  { metrics, baselines, parameters, probabilities, testRows, trainRows }: TextTraining,
  {
    names,
    labels,
    target,
    split,
    seed,
  }: {
    readonly names: readonly string[]
    readonly labels: Int32Array
    readonly target: string
    readonly split: string
    readonly seed: number
  },
  notes: readonly string[],
): string {
  const labelsOf = (rows: Int32Array) => rows.map((row) => labels[row]!)
  return classesPage({
    title: `Texts: ${target}`,
    task: `probability of each of ${names.length} classes of ${target}`,
    algorithm: `text, read ${parameters.strategy}`,
    unit: 'cases',
    names,
    split,
    notes,
    trainLabels: labelsOf(trainRows),
    testLabels: labelsOf(testRows),
    probabilities,
    metrics,
    baselines: { 'Terms alone': baselines.terms, 'Shares of the classes': baselines.majority },
    seed,
  })
}

function metricsOf(training: TextTraining, names: readonly string[], cases: Cases): Record<string, unknown> {
  const { metrics, baselines, parameters, tried, trainCases, testCases, truncated, rare } = training
  const values = (of: TextMetrics) =>
    Object.fromEntries(Object.entries(of).map(([name, { estimate }]) => [name, estimate]))
  return {
    ...values(metrics),
    intervals: Object.fromEntries(Object.entries(metrics).map(([name, { lower, upper }]) => [name, [lower, upper]])),
    advantage: training.advantage,
    baselines: { terms: values(baselines.terms), majority: values(baselines.majority) },
    labels: names,
    strategy: parameters.strategy,
    backbone: parameters.backbone,
    terms: parameters.terms?.terms.length ?? 0,
    temperature: parameters.temperature,
    cases: cases.cases.length,
    trainCases,
    testCases,
    cut: truncated,
    unread: Object.fromEntries(training.unsupportedScripts),
    rare,
    tried,
  }
}
