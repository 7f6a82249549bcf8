import { metricsOf } from '../../../models/evaluation/metrics.ts'
import { encodeArtefact } from '../../../models/artefact.ts'
import { calibratedScorer } from '../../../models/evaluation/calibrated.ts'
import { clippedFeatures, type ClippedFeature } from '../../../models/evaluation/clipped-features.ts'
import { clustersOf } from '../../../models/evaluation/clusters.ts'
import type { Calibrator } from '../../../models/evaluation/calibration.ts'
import { evaluate } from '../../../models/evaluation/evaluate.ts'
import type { Evaluation } from '../../../models/evaluation/evaluation.ts'
import { quantile } from '../../../models/evaluation/quantile.ts'
import type { Dataset, Model, TrainingProgress } from '../../../models/model.ts'
import { chosenFeatures } from '../../../models/selection/chosen-features.ts'
import { selectFeatures, type Selection, type SelectionName } from '../../../models/selection/selection.ts'
import { chosenRows } from '../../../models/split.ts'
import { rangesOf, type Ranges } from '../../../models/table/training-ranges.ts'
import { columnNamed, TableError, type Table } from '../../../models/table/table.ts'
import type { Hyperparameters } from '../learner.ts'
import { stages } from '../stages.ts'
import { CHOICE_SHARE, chooseFamily, type Tried } from './choose-family.ts'
import type { Family } from './families.ts'
import { outOfFoldCalibration, PARTS } from './out-of-fold-calibration.ts'
import { cellNames, tableData, type TableData, type TableDataOptions } from './table-data.ts'
import { scored } from '../../lifecycle/scored.ts'

export interface TableTrainingOptions extends TableDataOptions {
  /** Families to compare on the newest training rows, of which the best is used; a single one is not compared. */
  readonly families: readonly Family[]
  /** Hyperparameters of the algorithms, by family. */
  readonly settings: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** Number of folds for searching hyperparameters that are not given; defaults are used if not given. */
  readonly crossValidation?: number | undefined
  readonly select: readonly SelectionName[]
  /** Calibration method, cross-fitted over the training rows; raw scores if not given. */
  readonly calibrate?: Calibrator['method'] | undefined
  /** Protected attributes to report by, which need not be features. */
  readonly groups: readonly string[]
  readonly progress?: TrainingProgress
}

export interface TableTraining {
  readonly artefact: Uint8Array
  readonly algorithm: string
  readonly family: Family
  /** Parameters of the measured model. */
  readonly measured: unknown
  /** Scores rows of the chosen features with these parameters, including calibration. */
  readonly score: Model['score']
  /** The calibration and the metrics without it. */
  readonly calibrated:
    { readonly calibrator: Calibrator; readonly before: Readonly<Record<string, number>> } | undefined
  readonly prepared: TableData
  readonly selection: Selection
  /** Outliers in the training rows that the model clips. */
  readonly outliers: readonly ClippedFeature[]
  /** Columns that the model ignores because their relation to the target changes over time. */
  readonly unstable: readonly string[]
  readonly tried: readonly Tried[]
  readonly evaluation: Evaluation
  /** Test scores by the measured model, which was trained on the training rows alone; the metrics are based on them. */
  readonly testScores: Float64Array
  /** Test scores by the final model, to verify the written folder; not a measure of quality. */
  readonly finalTestScores: Float64Array
  /** Whether the final model was trained on all rows; otherwise it is the measured one. */
  readonly isRefitted: boolean
}

/**
 * Trains on the older rows of a table, measures on the newest, and retrains on all rows with the settings found.
 * Metrics are those of the first model; the second has seen every row and is the one to use.
 */
export async function trainOnTable(
  table: Table,
  options: TableTrainingOptions,
  prepared = tableData(table, options),
): Promise<TableTraining> {
  const { select, seed } = options
  const { kind, data, split } = prepared
  const older = chosenRows(data, split.train)
  const newest = chosenRows(data, split.test)
  const selection = selectFeatures(older, kind, select, seed)
  const olderChosen = chosenFeatures(older, selection.chosen)
  const newestChosen = chosenFeatures(newest, selection.chosen)
  const progress = tableStages(options, data.count / older.count)
  const { family, tried } = await chooseFamily(olderChosen, kind, { ...options, progress: progress.tried })
  const { algorithm } = family.learners[kind]
  const found = await foundSettings(family, olderChosen, kind, options, progress)
  const measured = await family.learners[kind].train(olderChosen, seed, progress.older, found)
  const standardisation = family.standardisation?.(measured)
  const uncalibrated = algorithm.scorer(measured)
  const calibrator =
    options.calibrate === undefined
      ? undefined
      : await outOfFoldCalibration(family.learners[kind], olderChosen, options.calibrate, {
          seed,
          settings: family.refitSettings(measured, 1 - 1 / PARTS),
        })
  const score = calibratedBy(calibrator, uncalibrated)
  const testScores = await scored(score, newestChosen)
  const { chosen } = selection
  // A separate test set is not learned from in the end either: the measured model is the final one.
  const parameters =
    options.testRows === undefined
      ? await family.learners[kind].train(
          chosenFeatures(data, chosen),
          seed,
          progress.final,
          family.refitSettings(measured, data.count / older.count),
        )
      : measured
  const ranges =
    options.testRows === undefined ? rangesOf(prepared.encoding, table, prepared.tableRows) : prepared.ranges
  const final = finalModel(prepared, { family, parameters, chosen, calibrator, ranges })
  return {
    artefact: final.artefact,
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
    outliers: standardisation === undefined ? [] : clippedFeatures(standardisation, olderChosen),
    unstable: family.unstable?.(measured, olderChosen) ?? [],
    tried,
    testScores,
    isRefitted: options.testRows === undefined,
    finalTestScores: await scored(final.score, newestChosen),
    evaluation: evaluated(table, options, prepared, { older, newest, testScores }),
  }
}

/** Progress functions for the parts of training on a table. */
export interface TableStages {
  readonly tried: readonly TrainingProgress[]
  readonly search: TrainingProgress
  readonly older: TrainingProgress
  readonly final: TrainingProgress
}

/** Splits the progress into stages. `growth` is the ratio of the final training's rows to the first one's. */
export function tableStages(
  { families, crossValidation, calibrate, testRows, progress }: TableTrainingOptions,
  growth: number,
): TableStages {
  // Which of several families will be chosen is open.
  const mean = (of: (durations: Family['durations']) => number) =>
    families.reduce((sum, { durations }) => sum + of(durations), 0) / families.length
  const refit = mean((durations) => durations.refit)
  const tried = families.length === 1 ? [] : families.map(() => 1 - CHOICE_SHARE)
  const all = stages(progress, [
    ...tried,
    crossValidation === undefined ? 0 : mean((durations) => durations.searchedFold) * crossValidation,
    1,
    calibrate === undefined ? 0 : (PARTS - 1) * refit,
    testRows === undefined ? refit * growth : 0,
  ])
  const [search, older, , final] = all.slice(tried.length)
  return { tried: all.slice(0, tried.length), search: search!, older: older!, final: final! }
}

/** Minimum number of rows per fold, since a search starts with an eighth of each. */
const PART_ROWS_MIN = 8

/** Returns the given hyperparameters and, with `--cv`, those found by cross-validation for the others. */
export function foundSettings(
  family: Family,
  older: Dataset,
  kind: TableData['kind'] | 'classes',
  { settings, crossValidation, seed }: TableTrainingOptions,
  progress: TableStages,
): Promise<Hyperparameters> {
  const given = settings[family.name] ?? {}
  if (crossValidation === undefined) return Promise.resolve(given)
  if (crossValidation * PART_ROWS_MIN > older.count)
    throw new TableError(
      `--cv ${crossValidation} leaves fewer than ${PART_ROWS_MIN} of the ${older.count} training rows a part: ask for fewer parts.`,
    )
  return family.search(older, kind, crossValidation, given, seed, progress.search)
}

/** A final model with everything decided on the training rows. */
interface SettledModel {
  readonly family: Family
  readonly parameters: unknown
  readonly chosen: Int32Array
  readonly calibrator: Calibrator | undefined
  readonly ranges: Ranges
}

/** Encodes the final model. Columns and selected features were decided on the training rows. */
function finalModel(
  { kind, data, encoding }: TableData,
  { family, parameters, chosen, calibrator, ranges }: SettledModel,
): { readonly artefact: Uint8Array; readonly score: Model['score'] } {
  const { algorithm } = family.learners[kind]
  const artefact = encodeArtefact({
    task: kind,
    algorithm: algorithm.name,
    featureSet: 'table@1',
    featureNames: data.featureNames,
    ...(chosen.length === data.width ? {} : { chosen: [...chosen] }),
    parameters,
    calibration: calibrator,
    table: encoding,
    ranges,
  })
  return { artefact, score: calibratedBy(calibrator, algorithm.scorer(parameters)) }
}

function calibratedBy(calibrator: Calibrator | undefined, score: Model['score']): Model['score'] {
  return calibrator === undefined ? score : calibratedScorer(score, calibrator)
}

interface MeasuredRows {
  readonly older: Dataset
  readonly newest: Dataset
  /** Scores of the newest rows. */
  readonly testScores: Float64Array
}

function evaluated(
  table: Table,
  { seed, groups }: TableTrainingOptions,
  prepared: TableData,
  { older, newest, testScores }: MeasuredRows,
): Evaluation {
  const { kind } = prepared
  const baselineScore = older.labels.reduce((sum, label) => sum + label, 0) / older.count
  return evaluate(kind, newest.labels, testScores, {
    seed,
    baselineScore,
    clusters: newest.customers === undefined ? undefined : clustersOf([...newest.customers]),
    // Groups are compared at the threshold that selects as many rows as are positive, since 0.5 would select none of a
    // rare class.
    threshold: kind === 'classification' ? quantile(testScores.toSorted(), 1 - baselineScore) : undefined,
    groups: groups.map((attribute) => ({ attribute, groups: cellsOf(table, attribute, prepared) })),
  })
}

function cellsOf(table: Table, attribute: string, { tableRows, split }: TableData): string[] {
  const column = columnNamed(table, attribute)
  const names = cellNames(column, tableRows)
  return Array.from(split.test, (place) => names[column.codes[tableRows[place]!]!]!)
}
