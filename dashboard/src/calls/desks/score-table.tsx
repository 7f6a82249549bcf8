import { DataTable } from '../../data-table.tsx'
import { number, percent } from '../../format.ts'
import type { Decision } from './desk-text.ts'
import { t } from '../../words/words.ts'

interface ScoreTableProps {
  readonly of: string
  readonly candidates: Decision['agents']
  readonly weights: NonNullable<Decision['weights']>
}

/** Scores side by side with their components; each column's heading has its weight. */
export function ScoreTable({ of, candidates, weights }: ScoreTableProps) {
  return (
    <DataTable
      caption={t('desks.scores', { of })}
      rows={candidates}
      keyOf={({ name }) => name}
      columns={[
        { label: of, cell: ({ name }) => name },
        { label: t('desks.score'), cell: ({ score }) => <strong>{score.toFixed(3)}</strong> },
        {
          label: t('desks.expertise', { expertise: number(weights.expertise) }),
          cell: ({ expertise }) => percent(expertise),
        },
        { label: t('desks.freeCapacity', { load: number(weights.load) }), cell: ({ load }) => percent(1 - load) },
        {
          label: t('desks.performance', { performance: number(weights.performance) }),
          cell: ({ performance }) => percent(performance),
        },
        {
          label: t('desks.known', { known: number(weights.known) }),
          cell: ({ known }) => (known ? t('common.yes') : t('common.no')),
        },
      ]}
    />
  )
}
