import { DataTable } from '../../data-table.tsx'
import { Empty } from '../../parts.tsx'
import { t } from '../../words/words.ts'
import { differences } from './differences.ts'

interface DifferenceTableProps {
  readonly before: unknown
  readonly after: unknown
}

/** What differs between two values, part by part. */
export function DifferenceTable({ before, after }: DifferenceTableProps) {
  const rows = differences(before, after)
  if (rows.length === 0) return <Empty>{t('settings.noDifference')}</Empty>
  return (
    <DataTable
      caption={t('settings.differences')}
      rows={rows}
      keyOf={({ path }) => path}
      columns={[
        { label: t('settings.part'), cell: ({ path }) => <code>{path}</code> },
        { label: t('settings.before'), cell: ({ before: old }) => <code>{old ?? '–'}</code> },
        { label: t('settings.after'), cell: ({ after: now }) => <code>{now ?? '–'}</code> },
      ]}
    />
  )
}
