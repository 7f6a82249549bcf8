import { encodeArtefact } from '../../models/artefact.ts'
import type { Interval } from '../../models/evaluation/bootstrap.ts'
import { evaluateLabelSets, labelSetLosses } from '../../models/evaluation/label-sets-evaluation.ts'
import type { CaseFields } from '../../models/text/case-fields.ts'
import { labelText } from '../../models/text/label-text-model.ts'
import { renderClassesReport } from '../../retrainer/report/render-report.ts'
import { writeModelFolder } from '../../retrainer/training/model-folder.ts'
import type { JoinedCases, TextFiles } from '../../retrainer/training/texts/join-cases.ts'
import type { LabelSets } from '../../retrainer/training/texts/label-sets.ts'
import { trainOnLabelSets, type LabelSetsTraining } from '../../retrainer/training/texts/train-on-label-sets.ts'
import type { TextTrainingOptions } from '../../retrainer/training/texts/train-on-text.ts'
import type { CommandContext } from '../context.ts'
import { VERSION } from '../version.ts'
import { checkTextFolder } from './check-text-folder.ts'
import { vocabularyWarnings } from './vocabulary-warnings.ts'

/** Input for training a model with several labels per case. */
export interface LabelSetsTask {
  readonly files: TextFiles
  readonly joined: JoinedCases
  readonly fields: CaseFields
  readonly sets: LabelSets
  readonly target: string
  readonly out: string
  /** Display name of the backbone. */
  readonly backbone: string
}

/** Trains a model for labels that may occur together, writes and checks its folder, and prints its metrics. */
export async function trainLabelSets(
  context: CommandContext,
  { files, joined, fields, sets, target, out, backbone }: LabelSetsTask,
  options: TextTrainingOptions,
): Promise<void> {
  const training = await trainOnLabelSets(joined.cases, sets, options)
  const { parameters, skippedLabels, unsupportedScripts } = training
  const notes = [
    ...vocabularyWarnings(unsupportedScripts, joined.cases.cases.length, backbone),
    ...skippedLabels.map((name) => `The label ${JSON.stringify(name)} has too few training cases: it is left out.`),
  ]
  for (const note of notes) context.log('warn', note)
  const artefact = encodeArtefact({
    task: 'text',
    algorithm: labelText.name,
    featureSet: 'text@1',
    featureNames: [],
    outputs: parameters.labels,
    parameters: { ...parameters, fields },
  })
  const metrics = metricsOf(training, joined)
  const report = reportOf(training, { target, split: joined.splitWords, notes })
  const id = writeModelFolder(out, { artefact, metrics, report, madeBy: VERSION })
  const tested = {
    files,
    seed: options.seed,
    testRows: training.testRows,
    lossesOf: (probabilities: Float64Array) => labelSetLosses({ ...training.scored, probabilities }),
    trained: training.finalProbabilities,
    measured: training.scored.probabilities,
  }
  await checkTextFolder(out, tested, { encoder: () => () => Promise.resolve(options.encoder!) })
  context.log('info', `Model ${id.slice(0, 12)} is in ${out}; report.html shows its quality.`)
  context.print(JSON.stringify(metrics))
}

const values = (of: Readonly<Record<string, Interval>>) =>
  Object.fromEntries(Object.entries(of).map(([name, { estimate }]) => [name, estimate]))

function metricsOf(training: LabelSetsTraining, { cases, splitWords }: JoinedCases): Record<string, unknown> {
  const { metrics, baselines, parameters, scored, skippedLabels, truncated, unsupportedScripts, trainRows, testRows } =
    training
  const { classes } = evaluateLabelSets(scored, parameters.labels, metrics, baselines.shares)
  return {
    ...values(metrics),
    intervals: Object.fromEntries(Object.entries(metrics).map(([name, { lower, upper }]) => [name, [lower, upper]])),
    baselines: { terms: values(baselines.terms), shares: values(baselines.shares) },
    labels: parameters.labels,
    perLabel: classes.map((one, label) => ({ ...one, threshold: parameters.thresholds[label] })),
    leftOut: skippedLabels,
    strategy: parameters.strategy,
    backbone: parameters.backbone,
    cases: cases.cases.length,
    trainCases: trainRows.length,
    testCases: testRows.length,
    split: splitWords,
    cut: truncated,
    unread: Object.fromEntries(unsupportedScripts),
  }
}

function reportOf(
  { metrics, baselines, parameters, scored, trainRows, testRows }: LabelSetsTraining,
  { target, split, notes }: { readonly target: string; readonly split: string; readonly notes: readonly string[] },
): string {
  return renderClassesReport(
    {
      title: `Texts: ${target}`,
      task: `which of ${parameters.labels.length} labels of ${target} a case has, any number of them`,
      algorithm: `${labelText.name}, read ${parameters.strategy}`,
      unit: 'cases',
      trainedRows: trainRows.length,
      testRows: testRows.length,
      split,
      excluded: [],
      notes: [
        ...notes,
        ...parameters.labels.map(
          (name, label) => `${name}: given from a probability of ${parameters.thresholds[label]!.toFixed(3)} on.`,
        ),
      ],
      importance: [],
      partialDependence: [],
      comparison: [
        { name: 'The model', isChosen: true, metrics },
        { name: 'Terms alone', isChosen: false, metrics: baselines.terms },
        { name: 'Shares of the labels', isChosen: false, metrics: baselines.shares },
      ],
    },
    evaluateLabelSets(scored, parameters.labels, metrics, baselines.shares),
  )
}
