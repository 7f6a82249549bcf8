import { useState } from 'preact/hooks'
import { apiUrl } from '../../api.ts'
import { DataTable } from '../../data-table.tsx'
import { count, dateAndTime, percent } from '../../format.ts'
import { Empty, Failure } from '../../parts.tsx'
import { customerHref } from '../../route.ts'
import { useResource } from '../../use-resource.ts'
import { t } from '../../words/words.ts'
import { changeTag, fromTo, type ListChange } from './today-text.ts'

const READ_EVERY_MS = 60_000
const SHOWN = 6

/** What is new on the list since yesterday, what is gone, and whose probability or place moved. */
export function ListChanges({ salespersonId }: { readonly salespersonId: string }) {
  const { data, error } = useResource(
    apiUrl('/salespeople/{id}/list-changes', { path: { id: salespersonId } }),
    READ_EVERY_MS,
  )
  const [isLong, setLong] = useState(false)
  const items = data?.items ?? []
  return (
    <section class="group" aria-labelledby="list-changes-title">
      <h3 id="list-changes-title">{t('today.whatChanged')}</h3>
      {data !== undefined && (
        <p class="sub">
          {t('today.changesSince', {
            since: dateAndTime(data.since),
            changed: data.changed,
            unchanged: data.unchanged,
          })}
        </p>
      )}
      {error !== undefined && <Failure>{error}</Failure>}
      {data === undefined && error === undefined && <Empty>{t('today.loading')}</Empty>}
      {data !== undefined && items.length === 0 && <Empty>{t('today.nothingChanged')}</Empty>}
      {items.length > 0 && <Changes items={isLong ? items : items.slice(0, SHOWN)} />}
      {items.length > SHOWN && (
        <button type="button" class="quiet" aria-expanded={isLong} onClick={() => setLong(!isLong)}>
          {isLong ? t('today.showFewer') : t('common.showMore')}
        </button>
      )}
    </section>
  )
}

function Changes({ items }: { readonly items: readonly ListChange[] }) {
  return (
    <DataTable
      caption={t('today.whatChanged')}
      rows={items}
      keyOf={({ opportunityId }) => opportunityId}
      columns={[
        {
          label: t('common.customer'),
          cell: ({ customerId, customerName }) => <a href={customerHref(customerId)}>{customerName ?? customerId}</a>,
        },
        {
          label: t('today.change'),
          cell: (one) => {
            const { label, tone } = changeTag(one)
            return <span class={`tag ${tone}`}>{label}</span>
          },
        },
        {
          label: t('today.probability'),
          cell: ({ probabilityBefore, probability }) => fromTo(probabilityBefore, probability, percent),
        },
        { label: t('today.rank'), cell: ({ rankBefore, rank }) => fromTo(rankBefore, rank, count) },
      ]}
    />
  )
}
