import type { ClassesEvaluation, ClassReport } from '../../models/evaluation/classes-evaluation.ts'
import { formatCount, formatNumber, formatShare } from './format.ts'
import { markup, type Markup } from './markup.ts'
import { section } from './section.ts'
import { table } from './table.ts'

/** Section on the quality of each class and the most frequent confusions. */
export function classesSection({ classes, confusions }: ClassesEvaluation): Markup {
  return section(
    'Class by class',
    'Precision: how many of the answers are right; recall: how many of the rows are found; AUC: the class against all others.',
    markup`${table<ClassReport>(
      'Classes',
      [
        { heading: 'Class', cell: ({ name }) => name, isText: true },
        { heading: 'Test rows', cell: ({ rows }) => formatCount(rows) },
        { heading: 'Answers', cell: ({ answered }) => formatCount(answered) },
        { heading: 'Precision', cell: ({ precision }) => formatShare(precision) },
        { heading: 'Recall', cell: ({ recall }) => formatShare(recall) },
        { heading: 'F1', cell: ({ f1 }) => formatNumber(f1) },
        { heading: 'AUC', cell: ({ auc }) => formatNumber(auc) },
        { heading: 'Calibration error', cell: ({ calibrationError }) => formatNumber(calibrationError) },
      ],
      classes,
    )}${
      confusions.length === 0
        ? null
        : table<(typeof confusions)[number]>(
            'Taken for one another most often',
            [
              { heading: 'Class', cell: ({ actual }) => actual, isText: true },
              { heading: 'Answer', cell: ({ answer }) => answer, isText: true },
              { heading: 'Rows', cell: ({ rows }) => formatCount(rows) },
            ],
            confusions,
          )
    }`,
  )
}
