import { DataTable } from '../../data-table.tsx'
import { number, percent } from '../../format.ts'
import type { Decision } from './desk-text.ts'

interface ScoreTableProps {
  readonly of: 'Agent' | 'Queue'
  readonly candidates: Decision['agents']
  readonly weights: NonNullable<Decision['weights']>
}

/** Scores side by side with their components; each column's heading has its weight. */
export function ScoreTable({ of, candidates, weights }: ScoreTableProps) {
  return (
    <DataTable
      caption={`Scores: ${of}`}
      rows={candidates}
      keyOf={({ name }) => name}
      columns={[
        { label: of, cell: ({ name }) => name },
        { label: 'Score', cell: ({ score }) => <strong>{score.toFixed(3)}</strong> },
        { label: `Expertise × ${number(weights.expertise)}`, cell: ({ expertise }) => percent(expertise) },
        { label: `Free capacity × ${number(weights.load)}`, cell: ({ load }) => percent(1 - load) },
        { label: `Performance × ${number(weights.performance)}`, cell: ({ performance }) => percent(performance) },
        { label: `Known + ${number(weights.known)}`, cell: ({ known }) => (known ? 'yes' : 'no') },
      ]}
    />
  )
}
