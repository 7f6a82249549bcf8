import type { RegressionEvaluation } from '../../models/evaluation/evaluation.ts'
import type { ResidualQuantile } from '../../models/evaluation/residuals.ts'
import { formatNumber, formatShare } from './format.ts'
import type { Markup } from './markup.ts'
import { section } from './section.ts'
import { table } from './table.ts'

export function residualsSection({ residuals }: RegressionEvaluation): Markup {
  return section(
    'Residuals',
    'Label minus estimate, in the label’s unit.',
    table<ResidualQuantile>(
      'Quantiles of the residuals',
      [
        { heading: 'Share of rows', cell: ({ share }) => formatShare(share) },
        { heading: 'Residual at most', cell: ({ residual }) => formatNumber(residual) },
      ],
      residuals,
    ),
  )
}
