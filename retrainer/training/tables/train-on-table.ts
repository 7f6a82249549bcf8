import { metricsOf } from '../../../models/evaluation/metrics.ts'
import { encodeArtefact } from '../../../models/artefact.ts'
import { calibratedScorer } from '../../../models/evaluation/calibrated.ts'
import { drawnIn, type DrawnIn } from '../../../models/evaluation/drawn-in.ts'
import { clustersOf } from '../../../models/evaluation/clusters.ts'
import type { Calibrator } from '../../../models/evaluation/calibration.ts'
import { evaluate } from '../../../models/evaluation/evaluate.ts'
import type { Evaluation } from '../../../models/evaluation/evaluation.ts'
import { quantile } from '../../../models/evaluation/quantile.ts'
import type { Dataset, Model, TrainingProgress } from '../../../models/model.ts'
import { chosenFeatures } from '../../../models/selection/chosen-features.ts'
import { selectFeatures, type Selection, type SelectionName } from '../../../models/selection/selection.ts'
import { chosenRows, temporalHoldout } from '../../../models/split.ts'
import { columnNamed, type Table } from '../../../models/table/table.ts'
import type { Family } from './families.ts'
import type { Hyperparameters } from '../learner.ts'
import { outOfFoldCalibration, PARTS } from './out-of-fold-calibration.ts'
import { cellNames, tableData, type TableData, type TableDataOptions } from './table-data.ts'
import { scored } from '../../lifecycle/scored.ts'

export interface TableTrainingOptions extends TableDataOptions {
  /** Tried on the newest of the training rows; the best of them is the model. One: nothing to choose from. */
  readonly families: readonly Family[]
  /** Hyperparameters of the algorithms, by family. */
  readonly settings: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** Folds for cross-validating the hyperparameters that are not given; not given: defaults. */
  readonly crossValidation?: number | undefined
  readonly select: readonly SelectionName[]
  /** Calibration method, cross-fitted over the training rows; not given: raw scores. */
  readonly calibrate?: Calibrator['method'] | undefined
  /** Protected attributes to report by; they need not be features. */
  readonly groups: readonly string[]
  readonly progress?: TrainingProgress
}

/** A family's loss on the rows held out to choose by. */
export interface Tried {
  readonly family: string
  readonly metrics: Readonly<Record<string, number>>
}

export interface TableTraining {
  readonly artefact: Uint8Array
  readonly algorithm: string
  readonly family: Family
  /** The parameters that the figures are of. */
  readonly measured: unknown
  /** How they score rows of the chosen features, calibration included. */
  readonly score: Model['score']
  /** With what the model was worth before it. */
  readonly calibrated:
    { readonly calibrator: Calibrator; readonly before: Readonly<Record<string, number>> } | undefined
  readonly prepared: TableData
  readonly selection: Selection
  /** Outliers of the training rows that the model sees as less far out than they are. */
  readonly outliers: readonly DrawnIn[]
  readonly tried: readonly Tried[]
  readonly evaluation: Evaluation
  /** On these the figures were measured, by a model of the training rows alone. */
  readonly testScores: Float64Array
  /** Scores of the same rows by the model of all rows, to check what is written: not a measure of its quality. */
  readonly finalTestScores: Float64Array
}

const CHOICE_SHARE = 0.2

/**
 * Trains on the older rows of a table, measures on the newest, and then trains once more on all of them as it was found
 * to be best. What is measured is the first model; the second has seen every row and is the one to use.
 */
export async function trainOnTable(table: Table, options: TableTrainingOptions): Promise<TableTraining> {
  const { families, select, seed, progress } = options
  const prepared = tableData(table, options)
  const { kind, data, split } = prepared
  const older = chosenRows(data, split.train)
  const newest = chosenRows(data, split.test)
  const selection = selectFeatures(older, kind, select, seed)
  const [olderChosen, newestChosen] = [
    chosenFeatures(older, selection.chosen),
    chosenFeatures(newest, selection.chosen),
  ]
  const train = (family: Family, rows: Dataset, settings: Hyperparameters) =>
    family.learners[kind].train(rows, seed, progress, settings)
  const tried = families.length === 1 ? [] : await tryAll(olderChosen, options, kind, train)
  const family = tried.length === 0 ? families[0]! : families.find(({ name }) => name === bestOf(tried, kind))!
  const { algorithm } = family.learners[kind]
  const given = options.settings[family.name] ?? {}
  const settings =
    options.crossValidation === undefined
      ? given
      : await family.search(olderChosen, kind, options.crossValidation, given, seed, progress)
  const measured = await train(family, olderChosen, settings)
  const baselineScore = older.labels.reduce((sum, label) => sum + label, 0) / older.count
  const standardisation = family.standardisation?.(measured)
  const uncalibrated = algorithm.scorer(measured)
  const calibrator =
    options.calibrate === undefined
      ? undefined
      : await outOfFoldCalibration(family.learners[kind], olderChosen, options.calibrate, {
          seed,
          settings: family.settled(measured, 1 - 1 / PARTS),
        })
  const score = calibratedBy(calibrator, uncalibrated)
  const testScores = await scored(score, newestChosen)
  // What the columns are and which features count was decided on the training rows: this fit only sees more rows.
  const parameters = await train(
    family,
    chosenFeatures(data, selection.chosen),
    family.settled(measured, data.count / older.count),
  )
  return {
    artefact: encodeArtefact({
      task: kind,
      algorithm: algorithm.name,
      featureSet: 'table@1',
      featureNames: data.featureNames,
      ...(selection.chosen.length === data.width ? {} : { chosen: [...selection.chosen] }),
      parameters,
      calibration: calibrator,
      table: prepared.encoding,
    }),
    algorithm: algorithm.name,
    family,
    measured,
    score,
    calibrated:
      calibrator === undefined
        ? undefined
        : { calibrator, before: metricsOf(kind, newest.labels, await scored(uncalibrated, newestChosen)) },
    prepared,
    selection,
    outliers: standardisation === undefined ? [] : drawnIn(standardisation, olderChosen),
    tried,
    testScores,
    finalTestScores: await scored(calibratedBy(calibrator, algorithm.scorer(parameters)), newestChosen),
    evaluation: evaluate(kind, newest.labels, testScores, {
      seed,
      baselineScore,
      clusters: newest.customers === undefined ? undefined : clustersOf([...newest.customers]),
      // Groups are compared at the threshold that selects as many rows as are positive: 0.5 would select none of a
      // rare class.
      threshold: kind === 'classification' ? quantile(testScores.toSorted(), 1 - baselineScore) : undefined,
      groups: options.groups.map((attribute) => ({ attribute, groups: cellsOf(table, attribute, prepared) })),
    }),
  }
}

function calibratedBy(calibrator: Calibrator | undefined, score: Model['score']): Model['score'] {
  return calibrator === undefined ? score : calibratedScorer(score, calibrator)
}

/** Each family learns from the older part of the training rows and is measured on the newer. */
async function tryAll(
  data: Dataset,
  { families, settings, seed }: TableTrainingOptions,
  kind: 'classification' | 'regression',
  train: (family: Family, rows: Dataset, settings: Hyperparameters) => Promise<unknown>,
): Promise<Tried[]> {
  const split = temporalHoldout(data, CHOICE_SHARE, seed)
  const [older, newer] = [chosenRows(data, split.train), chosenRows(data, split.test)]
  const tried: Tried[] = []
  for (const family of families) {
    const parameters = await train(family, older, settings[family.name] ?? {})
    const scores = await scored(family.learners[kind].algorithm.scorer(parameters), newer)
    tried.push({ family: family.name, metrics: metricsOf(kind, newer.labels, scores) })
  }
  return tried
}

function bestOf(tried: readonly Tried[], kind: 'classification' | 'regression'): string {
  const loss = ({ metrics }: Tried) => metrics[kind === 'classification' ? 'logLoss' : 'rmse']!
  return tried.reduce((best, one) => (loss(one) < loss(best) ? one : best)).family
}

function cellsOf(table: Table, attribute: string, { tableRows, split }: TableData): string[] {
  const column = columnNamed(table, attribute)
  const names = cellNames(column, tableRows)
  return Array.from(split.test, (place) => names[column.codes[tableRows[place]!]!]!)
}
