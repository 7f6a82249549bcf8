import {
  averagePartialDependence,
  partialDependenceBatch,
  planPartialDependence,
  type PartialDependence,
} from '../../../models/evaluation/partial-dependence.ts'
import type { ClippedFeature } from '../../../models/evaluation/clipped-features.ts'
import { belowBaseline } from '../../../models/evaluation/below-baseline.ts'
import type { Interval } from '../../../models/evaluation/bootstrap.ts'
import { chosenFeatures } from '../../../models/selection/chosen-features.ts'
import { chosenRows } from '../../../models/split.ts'
import { renderClassesReport, renderReport } from '../../report/render-report.ts'
import type { Tried } from './choose-family.ts'
import type { TableData } from './table-data.ts'
import type { ClassesTraining } from './train-on-classes.ts'
import type { TableTraining } from './train-on-table.ts'

/** Number of features whose partial dependence is shown. */
const SHOWN = 6

/** Renders a page on a model's quality and its most important features. */
export async function tableReport(training: TableTraining, target: string, seed: number): Promise<string> {
  const { prepared, selection, family, evaluation, tried, outliers, calibrated } = training
  const { kind } = prepared
  const importance = importanceOf(training)
  const below = belowBaseline(evaluation)
  return renderReport(
    {
      title: `${family.title}: ${target}`,
      task:
        kind === 'classification'
          ? `probability that ${target} is ${JSON.stringify(prepared.positive)}`
          : `estimate of ${target}`,
      algorithm: training.algorithm,
      ...splitOf(prepared),
      excluded: [
        ...excludedColumns(prepared),
        ...selection.dropped.map(({ feature, by, why }) => `${feature} (${by}): ${why}`),
      ],
      warning: below,
      notes: [
        ...notesOnColumns(prepared),
        ...outliers.map(outlierNote),
        ...unstableNotes(training.unstable),
        ...(calibrated === undefined ? [] : [calibrationNote(calibrated)]),
        refitNote(training.isRefitted),
      ],
      importance: importance.filter(({ share }) => share > 0),
      partialDependence: await dependences(training, importance.slice(0, SHOWN), seed),
      comparison: comparisonOf(tried, family.name),
    },
    evaluation,
  )
}

/** Renders the page of a model of several classes. */
export function classesReport(training: ClassesTraining, target: string): string {
  const { prepared, family, evaluation, tried, classes } = training
  return renderClassesReport(
    {
      title: `${family.title}: ${target}`,
      task: `probability of each of ${classes.length} values of ${target}`,
      algorithm: training.algorithm,
      ...splitOf(prepared),
      excluded: excludedColumns(prepared),
      warning: belowBaseline(evaluation),
      notes: [
        ...notesOnColumns(prepared),
        ...[classCalibrationNote(training), crossValidationNote(training)].filter((one) => one !== undefined),
        refitNote(training.isRefitted),
      ],
      importance: classesImportanceOf(training).filter(({ share }) => share > 0),
      partialDependence: [],
      comparison: comparisonOf(tried, family.name),
    },
    evaluation,
  )
}

/** Describes the effect of calibrating several classes; `undefined` if none was requested. */
export function classCalibrationNote({ calibration }: ClassesTraining): string | undefined {
  if (calibration === undefined) return undefined
  const { isUsed, logLossBefore } = calibration
  return isUsed
    ? `Probabilities are calibrated by a line of their logarithms, fitted over parts of the training rows; without it the log loss on the test rows is ${logLossBefore.toFixed(4)}.`
    : 'Calibration was left out: over parts of the training rows it was not better than the probabilities as they are.'
}

/** Describes the cross-validated metrics; `undefined` if none were requested. */
export function crossValidationNote({ crossValidated }: ClassesTraining): string | undefined {
  if (crossValidated === undefined) return undefined
  const { parts, rows, metrics } = crossValidated
  if (rows === 0)
    return `Cross-validation over ${parts} parts measured nothing: before each part, the training rows lack one of the classes.`
  const shown = ({ estimate, lower, upper }: Interval) =>
    `${estimate.toFixed(4)} (${lower.toFixed(4)} to ${upper.toFixed(4)})`
  return `Cross-validated over ${parts} parts, on ${rows} training rows: accuracy ${shown(metrics.accuracy)}, macro F1 ${shown(metrics.macroF1)}, log loss ${shown(metrics.logLoss)}. The settings were chosen there: the figures of the test rows count.`
}

function splitOf({ split, splitWords }: TableData) {
  return { trainedRows: split.train.length, testRows: split.test.length, split: splitWords }
}

function excludedColumns({ columns }: TableData): string[] {
  return columns.flatMap(({ column, kind, note }) => (kind === 'left out' ? [`${column}: ${note}`] : []))
}

function notesOnColumns({ columns, notes }: TableData): string[] {
  return [
    ...columns.flatMap(({ column, kind, note }) =>
      kind === 'left out' || note === '' ? [] : [`Column ${column}: ${kind}; ${note}.`],
    ),
    ...notes,
  ]
}

function refitNote(isRefitted: boolean): string {
  return isRefitted
    ? 'The model in this folder was then trained once more on all rows; the figures are of the one that had not seen the test rows.'
    : 'The model in this folder is the one that was measured; it has not seen the test rows.'
}

function comparisonOf(tried: readonly Tried[], chosen: string) {
  return tried.map(({ family, metrics }) => ({ name: family, isChosen: family === chosen, metrics }))
}

/** Returns the importance of the features, most important first. */
export function classesImportanceOf({
  family,
  measured,
  prepared,
}: ClassesTraining): { readonly name: string; readonly share: number }[] {
  return inOrder(
    (family.classes.algorithm.importance?.(measured) ?? []).map((share, place) => ({
      name: prepared.data.featureNames[place]!,
      share,
    })),
  )
}

function inOrder<One extends { readonly name: string; readonly share: number }>(all: One[]): One[] {
  return all.sort((a, b) => b.share - a.share || (a.name < b.name ? -1 : 1))
}

/** Maximum number of columns to name. */
const UNSTABLE_MAX = 20

/**
 * Describes the columns that the model ignores because their relation to the target changes; empty if there are none.
 */
export function unstableNotes(columns: readonly string[]): string[] {
  if (columns.length === 0) return []
  const others = columns.length - UNSTABLE_MAX
  const shown = columns.slice(0, UNSTABLE_MAX).join(', ')
  return [
    `What these columns say of the target changes with time, or they mostly say when a row was, so that they do not count: ${shown}${others > 0 ? ` and ${others} more` : ''}.`,
  ]
}

/** Describes how outliers of a feature were clipped. */
export function outlierNote({ feature, below, above, lower, upper }: ClippedFeature): string {
  const shown = (value: number) => Number(value.toPrecision(6))
  const sides = [
    ...(below > 0 ? [`${below} below ${shown(lower)}`] : []),
    ...(above > 0 ? [`${above} above ${shown(upper)}`] : []),
  ]
  return `Outliers of ${feature}: ${sides.join(' and ')} in the training rows count as that bound.`
}

function calibrationNote({ calibrator, before }: NonNullable<TableTraining['calibrated']>): string {
  const way = calibrator.method === 'platt' ? 'Platt’s line' : 'isotonic steps'
  return `Scores are calibrated by ${way}, fitted over parts of the training rows; without it the log loss on the test rows is ${before['logLoss']!.toFixed(4)}, the calibration error ${before['calibrationError']!.toFixed(4)}.`
}

/** Returns the importance of the selected features, most important first. */
export function importanceOf({
  family,
  measured,
  prepared,
  selection,
}: TableTraining): { readonly name: string; readonly share: number }[] {
  const shares = family.learners[prepared.kind].algorithm.importance?.(measured) ?? []
  return inOrder(shares.map((share, place) => ({ name: prepared.data.featureNames[selection.chosen[place]!]!, share })))
}

async function dependences(
  { score, selection, prepared: { data, split } }: TableTraining,
  shown: readonly { readonly name: string }[],
  seed: number,
): Promise<PartialDependence[]> {
  const test = chosenFeatures(chosenRows(data, split.test), selection.chosen)
  return Promise.all(
    shown.map(async ({ name }) => {
      const plan = planPartialDependence(test, test.featureNames.indexOf(name), { seed })
      const batch = partialDependenceBatch(test, plan)
      const scores = new Float64Array(batch.count)
      await score(batch, scores)
      return averagePartialDependence(plan, scores)
    }),
  )
}

/** Lists the kind of each column and further notes. */
export function notesOnTable({ columns, notes }: TableData): string[] {
  return [
    ...columns.map(
      ({ column, kind, distinct, missing, note }) =>
        `Column ${column}: ${kind}, ${distinct} different${missing > 0 ? `, ${missing} missing` : ''}${note === '' ? '' : `; ${note}`}`,
    ),
    ...notes,
  ]
}
