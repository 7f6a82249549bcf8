import type { PrecisionRecallPoint, RocPoint } from '../../models/evaluation/curves.ts'
import type { ClassificationEvaluation } from '../../models/evaluation/evaluation.ts'
import { chart } from './chart.ts'
import { formatNumber, formatShare } from './format.ts'
import { markup, type Markup } from './markup.ts'
import { figure, section } from './section.ts'
import { line } from './shapes.ts'
import { collapsibleTable } from './table.ts'

/** Section on how well thresholds separate positives from negatives. */
export function curvesSection({ roc, precisionRecall, meanLabel }: ClassificationEvaluation): Markup | null {
  if (roc.length === 0) return null
  return section(
    'Telling one from the other',
    'Each point is a threshold. The dashed lines are what scores that say nothing would do.',
    markup`<div class="side-by-side">${figure('Receiver operating characteristic', rocChart(roc), rocTable(roc))}${figure('Precision and recall', precisionRecallChart(precisionRecall, meanLabel), precisionRecallTable(precisionRecall))}</div>`,
  )
}

const SHARE = { from: 0, to: 1 }

function rocChart(roc: readonly RocPoint[]): Markup {
  const tenth = roc.findLast(({ falsePositiveRate }) => falsePositiveRate <= 0.1)!
  return chart(
    {
      id: 'roc',
      title: 'Receiver operating characteristic',
      description: `The curve finds ${formatShare(tenth.truePositiveRate)} of the positives where it takes in ${formatShare(tenth.falsePositiveRate)} of the negatives.`,
      x: { ...SHARE, label: 'False positive rate' },
      y: { ...SHARE, label: 'True positive rate' },
    },
    (x, y) => {
      const diagonal = [
        { x: 0, y: 0 },
        { x: 1, y: 1 },
      ]
      const points = roc.map(({ falsePositiveRate, truePositiveRate }) => ({
        x: falsePositiveRate,
        y: truePositiveRate,
      }))
      return markup`${line(diagonal, x, y, 'reference')}${line(points, x, y)}`
    },
  )
}

function precisionRecallChart(points: readonly PrecisionRecallPoint[], meanLabel: number): Markup {
  const half = points.find(({ recall }) => recall >= 0.5)!
  return chart(
    {
      id: 'precision-recall',
      title: 'Precision and recall',
      description: `Where ${formatShare(half.recall)} of the positives are found, ${formatShare(half.precision)} of what is taken is positive; among all rows it is ${formatShare(meanLabel)}.`,
      x: { ...SHARE, label: 'Recall' },
      y: { ...SHARE, label: 'Precision' },
    },
    (x, y) => {
      const everybody = [
        { x: 0, y: meanLabel },
        { x: 1, y: meanLabel },
      ]
      const curve = points.map(({ recall, precision }) => ({ x: recall, y: precision }))
      return markup`${line(everybody, x, y, 'reference')}${line(curve, x, y)}`
    },
  )
}

function rocTable(roc: readonly RocPoint[]): Markup {
  return collapsibleTable<RocPoint>(
    'Receiver operating characteristic',
    [
      { heading: 'Threshold', cell: ({ threshold }) => formatNumber(threshold) },
      { heading: 'False positive rate', cell: ({ falsePositiveRate }) => formatShare(falsePositiveRate) },
      { heading: 'True positive rate', cell: ({ truePositiveRate }) => formatShare(truePositiveRate) },
    ],
    someOf(roc),
  )
}

function precisionRecallTable(points: readonly PrecisionRecallPoint[]): Markup {
  return collapsibleTable<PrecisionRecallPoint>(
    'Precision and recall',
    [
      { heading: 'Threshold', cell: ({ threshold }) => formatNumber(threshold) },
      { heading: 'Recall', cell: ({ recall }) => formatShare(recall) },
      { heading: 'Precision', cell: ({ precision }) => formatShare(precision) },
    ],
    someOf(points),
  )
}

/** Returns about twenty points, including the first and the last; a longer table would be unreadable. */
function someOf<Point>(points: readonly Point[]): readonly Point[] {
  const step = Math.max(1, Math.ceil(points.length / 20))
  return points.filter((_, i) => i % step === 0 || i + 1 === points.length)
}
