import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { wrongSettings } from '../../models/check-settings.ts'
import { encodeArtefact } from '../../models/artefact.ts'
import { decodeModel, encodeModel } from '../../models/onnx/onnx-codec.ts'
import { readBertGraph, withBertWeights } from '../../models/text/bert-graph.ts'
import { withHead } from '../../models/text/tuned-onnx.ts'
import type { TextMetrics } from '../../models/text/text-metrics.ts'
import { tunedText, type TunedTextParameters } from '../../models/text/tuned-text.ts'
import { writeModelFolder } from '../../retrainer/training/model-folder.ts'
import { joinCases, type JoinedCases, type TextFiles } from '../../retrainer/training/texts/join-cases.ts'
import { hasLabelSets } from '../../retrainer/training/texts/label-sets.ts'
import { labelsOf, notesOnCases, rareClasses } from '../../retrainer/training/texts/text-labels.ts'
import { advantageOver } from '../../retrainer/training/intents/train-on-intents.ts'
import { trainOnText, type TextTraining } from '../../retrainer/training/texts/train-on-text.ts'
import type { TuneCheckpoint } from '../../retrainer/training/texts/train-epochs.ts'
import { defaultTuning, tuneRules, type TuneSettings } from '../../retrainer/training/texts/tune-settings.ts'
import { tuneText, type Tuning } from '../../retrainer/training/texts/tune-text.ts'
import { readBackbone } from '../../runtimes/text/backbone-folder.ts'
import { openEncoders } from '../../runtimes/text/encoders.ts'
import { openSentenceEncoder } from '../../runtimes/text/open-sentence-encoder.ts'
import type { Tuned } from '../../runtimes/tensorflow/bert-blocks.ts'
import { backboneFolder, backboneOf } from './backbone.ts'
import type { CommandContext } from '../context.ts'
import { checkTextFolder, textLossesOf } from './check-text-folder.ts'
import { readTextFiles } from './read-text-files.ts'
import { createProgress } from './progress.ts'
import type { TrainTextOptions } from './train-text-options.ts'
import { VERSION } from '../version.ts'

interface TunedTextOptions extends TrainTextOptions {
  readonly text: string
  readonly target: string
  readonly out: string
  readonly tune: Tuned
}

const CHECKPOINT = 'checkpoint.bin'

/** Labelled cases, and the options shared by all compared ways of learning. */
interface TuningTask extends Pick<JoinedCases, 'cases' | 'split' | 'splitWords'> {
  readonly files: TextFiles
  readonly labels: Int32Array
  readonly names: readonly string[]
  readonly strategy: 'newest' | 'head-tail'
  readonly classWeights: 'none' | 'balanced'
  /** Folder of the backbone. */
  readonly folder: string
}

/**
 * Tunes a backbone on texts, alone or compared with the other ways of training on the same cases. Writes the backbone
 * with its head as one ONNX graph.
 */
export async function trainTunedText(context: CommandContext, options: TunedTextOptions): Promise<void> {
  const { out, compare } = options
  const task = await readTask(context, options)
  mkdirSync(out, { recursive: true })
  const tuned = new Map<Tuned, Tuning>()
  for (const way of compare ? (['last', 'all'] as const) : [options.tune])
    tuned.set(way, await tune(context, options, task, way))
  const frozen = compare ? await frozenHead(context, options, task) : undefined
  const [best, tuning] = [...tuned].reduce((one, other) =>
    other[1].validationLoss < one[1].validationLoss ? other : one,
  )
  for (const note of notesOnCases(tuning.truncated, rareClasses(task.labels, task.names))) context.log('info', note)
  if (frozen !== undefined && frozen.tried.some(({ logLoss }) => logLoss < tuning.validationLoss))
    context.log('warn', 'The frozen backbone loses less on the validation cases: --tune head gives the better model.')
  writeBackbone(task.folder, out, best, tuning)
  const metrics = metricsOf(task, tuned, best, frozen, options.seed)
  const artefact = artefactOf(task, options, best)
  const id = writeModelFolder(out, { artefact, metrics, madeBy: VERSION })
  await checkTuned(context, out, task, tuning, options.seed)
  rmSync(join(out, CHECKPOINT), { force: true })
  context.log('info', `Model ${id.slice(0, 12)} is in ${out}: model.onnx has backbone and head as one graph.`)
  context.print(JSON.stringify(metrics))
}

/** Tolerance for the different rounding of TensorFlow and ONNX Runtime. */
const TUNED_TOLERANCE = 1e-4

async function checkTuned(
  context: CommandContext,
  out: string,
  { files, labels, names }: TuningTask,
  { testRows, probabilities }: Tuning,
  seed: number,
): Promise<void> {
  const encoders = openEncoders({ ...backboneOf(context.config), folder: out, precision: 'float32' })
  const tested = {
    files,
    seed,
    testRows,
    lossesOf: textLossesOf(labels, testRows, names.length),
    trained: probabilities,
    measured: probabilities,
    tolerance: TUNED_TOLERANCE,
  }
  await checkTextFolder(out, tested, encoders).finally(() => encoders.close())
}

async function readTask(context: CommandContext, options: TunedTextOptions): Promise<TuningTask> {
  const files = await readTextFiles(context, options)
  if (hasLabelSets(files.data, options.target, options.labelSeparator))
    throw new Error('A backbone is tuned for one label a case: several need --tune head.')
  const { rows, cases, split, splitWords, placeOf } = joinCases(files, fieldsOf(options), options.seed)
  const strategy = options.strategy ?? 'head-tail'
  if (strategy !== 'newest' && strategy !== 'head-tail')
    throw new Error(`--strategy ${strategy} can't be tuned: a tuned backbone reads one window, newest or head-tail.`)
  return {
    files,
    cases,
    split,
    splitWords,
    ...labelsOf(rows, cases, options.target, options.positive, placeOf),
    strategy,
    classWeights: options.classWeights === 'balanced' ? 'balanced' : 'none',
    folder: options.backbone === undefined ? backboneOf(context.config).folder : backboneFolder(options.backbone),
  }
}

function fieldsOf({ text, group, time, dates }: TunedTextOptions): NonNullable<TunedTextParameters['fields']> {
  return { text, group, time, dates }
}

async function tune(context: CommandContext, options: TunedTextOptions, task: TuningTask, way: Tuned): Promise<Tuning> {
  const { tokenizer, weights: file } = readBackbone(task.folder, 'float32', undefined)
  const progress = createProgress(`Tuning (${way}) on the texts of ${options.data}`, 1, context.log)
  const checkpoint = checkpointOf(options.out, options, way)
  const tuning = await tuneText(task.cases.cases, task.cases.times, task.labels, task.names, {
    file,
    tokenizer,
    tune: way,
    strategy: task.strategy,
    classWeights: task.classWeights,
    settings: settingsOf(way, options.set ?? {}),
    seed: options.seed,
    ...(task.split === undefined ? {} : { split: task.split }),
    checkpoint: checkpoint.read(),
    save: (state) => checkpoint.write(state),
    progress: (share, loss) => progress.update(share, loss),
  }).finally(() => progress.stop())
  context.log(
    'info',
    `${way}: accuracy ${tuning.metrics.accuracy.estimate.toFixed(4)}, log loss ${tuning.metrics.logLoss.estimate.toFixed(4)}, best after ${tuning.epochs} epochs`,
  )
  return tuning
}

async function frozenHead(context: CommandContext, options: TunedTextOptions, task: TuningTask): Promise<TextTraining> {
  const { folder, cases, labels, names, strategy, classWeights, split } = task
  const encoder = await openSentenceEncoder({
    ...backboneOf(context.config),
    folder,
    precision: 'float32',
    pooling: 'first-and-mean',
  })
  try {
    return await trainOnText(cases, labels, names, {
      encoder,
      strategies: [strategy],
      withTerms: options.terms ?? 'if-better',
      classWeights,
      seed: options.seed,
      ...(split === undefined ? {} : { split }),
    })
  } finally {
    await encoder.close()
  }
}

/** Writes the tuned backbone. The folder is usable like any backbone: other heads can be trained and served on it. */
function writeBackbone(folder: string, out: string, best: Tuned, tuning: Tuning): void {
  writeFileSync(join(out, 'model.onnx'), oneGraph(readBackbone(folder, 'float32', undefined).weights, tuning))
  copyFileSync(join(folder, 'tokenizer.json'), join(out, 'tokenizer.json'))
  const lowercaseFirst = isLowercasedFirst(folder)
  const files = Object.fromEntries(
    ['model.onnx', 'tokenizer.json'].map((name) => [name, sha256(readFileSync(join(out, name)))]),
  )
  writeFileSync(
    join(out, 'backbone.json'),
    `${JSON.stringify({ name: `tuned-${best}`, lowercaseFirst, sha256: files }, null, 2)}\n`,
  )
}

function artefactOf({ names, strategy, cases }: TuningTask, options: TunedTextOptions, best: Tuned): Uint8Array {
  const parameters: TunedTextParameters = {
    labels: names,
    strategy,
    piecesMax: settingsOf(best, options.set ?? {}).piecesMax,
    backbone: readBackbone(options.out, 'float32', 'probabilities').id,
    fields: fieldsOf({ ...options, dates: cases.dates }),
  }
  return encodeArtefact({
    task: 'text',
    algorithm: tunedText.name,
    featureSet: 'text@1',
    featureNames: [],
    ...(names.length === 2 ? {} : { outputs: names }),
    parameters,
  })
}

function metricsOf(
  { cases, names, strategy, splitWords }: TuningTask,
  tuned: ReadonlyMap<Tuned, Tuning>,
  best: Tuned,
  frozen: TextTraining | undefined,
  seed: number,
): Record<string, unknown> {
  const tuning = tuned.get(best)!
  return {
    ...values(tuning.metrics),
    intervals: intervals(tuning.metrics),
    tune: best,
    tried: {
      ...Object.fromEntries(
        [...tuned].map(([way, one]) => [
          way,
          { ...values(one.metrics), validationLoss: one.validationLoss, epochs: one.epochs },
        ]),
      ),
      ...(frozen === undefined
        ? {}
        : {
            head: {
              ...values(frozen.metrics),
              validationLoss: Math.min(...frozen.tried.map(({ logLoss }) => logLoss)),
            },
          }),
    },
    ...(frozen === undefined
      ? {}
      : { baselines: { terms: values(frozen.baselines.terms), majority: values(frozen.baselines.majority) } }),
    ...(tuned.size < 2
      ? {}
      : { allBeyondLast: advantageOver(tuned.get('all')!.right, tuned.get('last')!.right, seed) }),
    labels: names,
    strategy,
    temperature: tuning.temperature,
    cases: cases.cases.length,
    trainCases: tuning.trainCases,
    testCases: tuning.testCases,
    split: splitWords,
    cut: tuning.truncated,
    backend: tuning.backend,
  }
}

/**
 * Returns access to the checkpoint of a training. With `--resume`, an interrupted training with the same settings
 * continues from it, with fresh optimiser moments.
 */
function checkpointOf(out: string, { resume, seed, data }: TunedTextOptions, tune: Tuned) {
  const path = join(out, CHECKPOINT)
  const of = JSON.stringify({ tune, seed, data })
  return {
    read(): TuneCheckpoint | undefined {
      if (resume !== true || !existsSync(path)) return undefined
      const stored = deserialize(readFileSync(path)) as { of: string; state: TuneCheckpoint }
      return stored.of === of ? stored.state : undefined
    },
    write: (state: TuneCheckpoint) => writeFileSync(path, serialize({ of, state })),
  }
}

function settingsOf(tune: Tuned, given: Readonly<Record<string, unknown>>): TuneSettings {
  const defaults = defaultTuning[tune]
  const settings = { ...defaults, ...given } as TuneSettings
  const wrong = wrongSettings({ ...settings }, tuneRules)
  if (wrong.length > 0) throw new Error(`The settings of tuning can't be used. ${wrong.join(' ')}`)
  return settings
}

function oneGraph(file: string, { weights, temperature }: Tuning): Uint8Array {
  const model = decodeModel(readFileSync(file))
  const graph = readBertGraph(model)
  const [first, mean, bias] = ['head first', 'head mean', 'head bias'].map((name) => weights.get(name)!)
  return encodeModel(
    withHead(withBertWeights(model, graph, weights), graph.shape.width, {
      first: first!,
      mean: mean!,
      bias: bias!,
      temperature,
    }),
  )
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function isLowercasedFirst(folder: string): boolean {
  const path = join(folder, 'backbone.json')
  return (
    existsSync(path) && (JSON.parse(readFileSync(path, 'utf8')) as { lowercaseFirst?: boolean }).lowercaseFirst === true
  )
}

function values(of: TextMetrics): Record<string, number> {
  return Object.fromEntries(Object.entries(of).map(([name, { estimate }]) => [name, estimate]))
}

function intervals(of: TextMetrics): Record<string, readonly [number, number]> {
  return Object.fromEntries(Object.entries(of).map(([name, { lower, upper }]) => [name, [lower, upper]]))
}
