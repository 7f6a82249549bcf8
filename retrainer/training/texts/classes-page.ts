import { classShares, evaluateClasses } from '../../../models/evaluation/classes-evaluation.ts'
import type { TextMetrics } from '../../../models/text/text-metrics.ts'
import { renderClassesReport } from '../../report/render-report.ts'

/** Contents of a report page on a model of texts or intents. */
export interface ClassesPage {
  readonly title: string
  readonly task: string
  readonly algorithm: string
  /** What is classified, in the plural. */
  readonly unit: string
  readonly names: readonly string[]
  readonly split: string
  readonly notes: readonly string[]
  /** Labels of the training and test rows, as indices into `names`. */
  readonly trainLabels: Int32Array
  readonly testLabels: Int32Array
  /** Probabilities for the test rows: [rows × classes]. */
  readonly probabilities: Float64Array
  readonly metrics: TextMetrics
  /** Metrics of other models on the same rows. */
  readonly baselines: Readonly<Record<string, TextMetrics>>
  readonly seed: number
}

/** Renders a report page on a model of texts. */
export function classesPage(page: ClassesPage): string {
  const { title, task, algorithm, unit, names, split, notes, trainLabels, testLabels, metrics, baselines, seed } = page
  const evaluation = evaluateClasses(testLabels, page.probabilities, names, {
    seed,
    shares: classShares(trainLabels, names.length),
    metrics,
  })
  return renderClassesReport(
    {
      title,
      task,
      algorithm,
      unit,
      trainedRows: trainLabels.length,
      testRows: testLabels.length,
      split,
      excluded: [],
      notes,
      importance: [],
      partialDependence: [],
      comparison: [
        { name: 'The model', isChosen: true, metrics: { ...metrics } },
        ...Object.entries(baselines).map(([name, own]) => ({ name, isChosen: false, metrics: { ...own } })),
      ],
    },
    evaluation,
  )
}
