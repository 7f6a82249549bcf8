import {
  averagePartialDependence,
  partialDependenceBatch,
  planPartialDependence,
  type PartialDependence,
} from '../../../models/evaluation/partial-dependence.ts'
import type { DrawnIn } from '../../../models/evaluation/drawn-in.ts'
import { belowBaseline } from '../../../models/evaluation/below-baseline.ts'
import { chosenFeatures } from '../../../models/selection/chosen-features.ts'
import { chosenRows } from '../../../models/split.ts'
import { renderReport } from '../../report/render-report.ts'
import type { TableTraining } from './train-on-table.ts'

/** Features that are shown with how the score depends on them. */
const SHOWN = 6

/** A report page on a model's quality and its most important features. */
export async function tableReport(training: TableTraining, target: string, seed: number): Promise<string> {
  const { prepared, selection, family, evaluation, tried, outliers, calibrated } = training
  const { split, kind, columns } = prepared
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
      trainedRows: split.train.length,
      testRows: split.test.length,
      split: prepared.splitWords,
      leftOut: [
        ...columns.flatMap(({ column, kind: as, note }) => (as === 'left out' ? [`${column}: ${note}`] : [])),
        ...selection.fallenOut.map(({ feature, by, why }) => `${feature} (${by}): ${why}`),
      ],
      warning: below,
      notes: [
        ...columns.flatMap(({ column, kind: as, note }) =>
          as === 'left out' || note === '' ? [] : [`Column ${column}: ${as}; ${note}.`],
        ),
        ...prepared.notes,
        ...outliers.map(outliersInWords),
        ...(calibrated === undefined ? [] : [calibrationWords(calibrated)]),
        training.isRefitted
          ? 'The model in this folder was then trained once more on all rows; the figures are of the one that had not seen the test rows.'
          : 'The model in this folder is the one that was measured; it has not seen the test rows.',
      ],
      importance: importance.filter(({ share }) => share > 0),
      partialDependence: await dependences(training, importance.slice(0, SHOWN), seed),
      comparison: tried.map((one) => ({
        name: one.family,
        isChosen: one.family === family.name,
        metrics: one.metrics,
      })),
    },
    evaluation,
  )
}

/** How outliers were treated. */
export function outliersInWords({ feature, below, above, lower, upper }: DrawnIn): string {
  const shown = (value: number) => Number(value.toPrecision(6))
  const sides = [
    ...(below > 0 ? [`${below} below ${shown(lower)}`] : []),
    ...(above > 0 ? [`${above} above ${shown(upper)}`] : []),
  ]
  return `Outliers of ${feature}: ${sides.join(' and ')} in the training rows count as that bound.`
}

function calibrationWords({ calibrator, before }: NonNullable<TableTraining['calibrated']>): string {
  const way = calibrator.method === 'platt' ? 'Platt’s line' : 'isotonic steps'
  return `Scores are calibrated by ${way}, fitted over parts of the training rows; without it the log loss on the test rows is ${before['logLoss']!.toFixed(4)}, the calibration error ${before['calibrationError']!.toFixed(4)}.`
}

/** The most important first. */
export function importanceOf({
  family,
  measured,
  prepared,
  selection,
}: TableTraining): { readonly name: string; readonly share: number }[] {
  const shares = family.learners[prepared.kind].algorithm.importance?.(measured) ?? []
  return shares
    .map((share, place) => ({ name: prepared.data.featureNames[selection.chosen[place]!]!, share }))
    .sort((a, b) => b.share - a.share || (a.name < b.name ? -1 : 1))
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
