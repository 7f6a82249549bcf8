import { encodeArtefact } from '../../../models/artefact.ts'
import { classShares, evaluateClasses, type ClassesEvaluation } from '../../../models/evaluation/classes-evaluation.ts'
import type { Dataset } from '../../../models/model.ts'
import { chosenRows, temporalHoldout } from '../../../models/split.ts'
import { rangesOf } from '../../../models/table/training-ranges.ts'
import { TableError, type Table } from '../../../models/table/table.ts'
import { rowLosses, textMetrics, type TextMetrics } from '../../../models/text/text-metrics.ts'
import { scored } from '../../lifecycle/scored.ts'
import { applyClassCalibrator } from '../../../models/evaluation/class-calibration.ts'
import { PARTS } from './out-of-fold-calibration.ts'
import { classCalibration } from './class-calibration.ts'
import { outOfFoldClasses } from './out-of-fold-classes.ts'
import { CHOICE_SHARE, type Tried } from './choose-family.ts'
import type { Family } from './families.ts'
import type { TableData } from './table-data.ts'
import { foundSettings, tableStages, type TableStages, type TableTrainingOptions } from './train-on-table.ts'

/** Metrics of out-of-fold predictions, with intervals. */
export interface CrossValidated {
  readonly parts: number
  readonly rows: number
  readonly metrics: TextMetrics
}

export interface ClassesTraining {
  readonly artefact: Uint8Array
  readonly algorithm: string
  readonly family: Family
  /** Parameters of the measured model. */
  readonly measured: unknown
  readonly prepared: TableData
  readonly classes: readonly string[]
  readonly tried: readonly Tried[]
  /** Cross-validated metrics with the hyperparameters found, if requested. */
  readonly crossValidated: CrossValidated | undefined
  readonly evaluation: ClassesEvaluation
  /** Labels of the test rows, and their probabilities by the measured and the final model: [rows × classes]. */
  readonly testLabels: Int32Array
  readonly testProbabilities: Float64Array
  readonly finalProbabilities: Float64Array
  /** Whether the final model was trained on all rows; otherwise it is the measured one. */
  readonly isRefitted: boolean
  /**
   * Whether calibration helped and was kept, and the log loss on the test rows without it; `undefined` if not
   * requested.
   */
  readonly calibration: { readonly isUsed: boolean; readonly logLossBefore: number } | undefined
}

/** Throws for options of `train` that need a positive class or a single probability. */
function refuseWhatNeedsTwo({ select, calibrate, groups }: TableTrainingOptions): void {
  const given = [
    ...(select.length > 0 ? ['--select'] : []),
    ...(calibrate === 'isotonic' ? ['--calibrate isotonic'] : []),
    ...(groups.length > 0 ? ['--groups'] : []),
  ]
  if (given.length > 0)
    throw new TableError(
      `${given.join(', ')} can't be used with several classes: name the one that is meant with --positive, and all others are its opposite.`,
    )
}

/**
 * Trains as `trainOnTable` does, for a target of several classes: the measured model is trained on the training rows,
 * the final one on all rows.
 */
export async function trainOnClasses(
  table: Table,
  prepared: TableData,
  options: TableTrainingOptions,
): Promise<ClassesTraining> {
  refuseWhatNeedsTwo(options)
  const { seed, testRows } = options
  const { data, split } = prepared
  const classes = prepared.classes!
  const older = chosenRows(data, split.train)
  const newest = chosenRows(data, split.test)
  const progress = tableStages(options, data.count / older.count)
  const { family, tried } = await chooseFamily(older, options, progress)
  const learner = family.classes
  const found = await foundSettings(family, older, 'classes', options, progress)
  const measured = await learner.train(older, seed, progress.older, found)
  const calibrator =
    options.calibrate === undefined
      ? undefined
      : await classCalibration(learner, older, { seed, settings: family.refitSettings(measured, 1 - 1 / PARTS) })
  const crossValidated = await crossValidatedFigures(family, older, measured, options)
  const probabilitiesOf = async (parameters: unknown, rows: Dataset) => {
    const given = await scored(learner.algorithm.scorer(parameters), rows, classes.length)
    if (calibrator !== undefined) applyClassCalibrator(calibrator, given)
    return given
  }
  const testProbabilities = await probabilitiesOf(measured, newest)
  const isRefitted = testRows === undefined
  const parameters = isRefitted
    ? await learner.train(data, seed, progress.final, family.refitSettings(measured, data.count / older.count))
    : measured
  const testLabels = Int32Array.from(newest.labels)
  const uncalibrated = await scored(learner.algorithm.scorer(measured), newest, classes.length)
  const meanLoss = (probabilities: Float64Array) =>
    rowLosses(testLabels, probabilities, classes.length).reduce((sum, loss) => sum + loss, 0) / testLabels.length
  return {
    artefact: encodeArtefact({
      task: 'classification',
      algorithm: learner.algorithm.name,
      featureSet: 'table@1',
      featureNames: data.featureNames,
      outputs: classes,
      parameters,
      calibration: calibrator,
      table: prepared.encoding,
      ranges: isRefitted ? rangesOf(prepared.encoding, table, prepared.tableRows) : prepared.ranges,
    }),
    algorithm: learner.algorithm.name,
    family,
    measured,
    prepared,
    classes,
    tried,
    crossValidated,
    evaluation: evaluateClasses(testLabels, testProbabilities, classes, {
      seed,
      shares: classShares(older.labels, classes.length),
    }),
    testLabels,
    testProbabilities,
    finalProbabilities: isRefitted ? await probabilitiesOf(parameters, newest) : testProbabilities,
    isRefitted,
    calibration:
      options.calibrate === undefined
        ? undefined
        : { isUsed: calibrator !== undefined, logLossBefore: meanLoss(uncalibrated) },
  }
}

async function crossValidatedFigures(
  { classes: learner, refitSettings }: Family,
  data: Dataset,
  measured: unknown,
  { crossValidation: parts, seed }: TableTrainingOptions,
): Promise<CrossValidated | undefined> {
  if (parts === undefined) return undefined
  const settings = refitSettings(measured, 1 - 1 / parts)
  const { labels, probabilities } = await outOfFoldClasses(learner, data, { parts, seed, settings })
  return { parts, rows: labels.length, metrics: textMetrics(labels, probabilities, data.classes!.length, seed) }
}

/** Trains each family on the older part of the training rows, and returns the one with the lowest loss on the newer. */
async function chooseFamily(
  data: Dataset,
  { families, settings, seed }: TableTrainingOptions,
  progress: TableStages,
): Promise<{ readonly family: Family; readonly tried: readonly Tried[] }> {
  if (families.length === 1) return { family: families[0]!, tried: [] }
  const split = temporalHoldout(data, CHOICE_SHARE, seed)
  const [older, newer] = [chosenRows(data, split.train), chosenRows(data, split.test)]
  const labels = Int32Array.from(newer.labels)
  const tried: Tried[] = []
  for (const [place, { name, classes }] of families.entries()) {
    const parameters = await classes.train(older, seed, progress.tried[place], settings[name] ?? {})
    const outputs = data.classes!.length
    const losses = rowLosses(labels, await scored(classes.algorithm.scorer(parameters), newer, outputs), outputs)
    tried.push({ family: name, metrics: { logLoss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length } })
  }
  const best = tried.reduce((least, one) => (one.metrics['logLoss']! < least.metrics['logLoss']! ? one : least))
  return { family: families.find(({ name }) => name === best.family)!, tried }
}
