import { useState } from 'preact/hooks'
import { apiUrl, type ApiResponse } from '../../api.ts'
import { dateAndTime, title } from '../../format.ts'
import { Empty, Failure } from '../../parts.tsx'
import { useResource } from '../../use-resource.ts'
import { t } from '../../words/words.ts'
import { asked, ChangesFilter, type ChangeFilter } from './changes-filter.tsx'
import { DifferenceTable } from './difference-table.tsx'
import { kindName } from './setting-text.ts'

type Change = ApiResponse<'/changes'>['items'][number]

const READ_EVERY_MS = 15_000
const PAGE = 50
/** The API's page limit. */
const SHOWN_MAX = 500

/** Who changed what, when and why, newest first, with filters and export. */
export function Changes() {
  const [filter, setFilter] = useState<ChangeFilter>({ kind: '', changedBy: '', since: '' })
  const [shown, setShown] = useState(PAGE)
  const url = apiUrl('/changes', { query: { limit: shown, ...asked(filter) } })
  const { data, error, isForbidden } = useResource(url, READ_EVERY_MS)
  return (
    <section class="card changes" aria-labelledby="changes-title">
      <div class="head">
        <div>
          <h2 id="changes-title">{t('settings.changes')}</h2>
          <p class="sub">{t('settings.whoChangedWhat')}</p>
        </div>
        {!isForbidden && <ChangesFilter items={data?.items ?? []} filter={filter} onFilter={setFilter} />}
      </div>
      {isForbidden && <Empty>{t('settings.youMayNotSeeChanges')}</Empty>}
      {error !== undefined && !isForbidden && <Failure>{error}</Failure>}
      {data === undefined && error === undefined && <Empty>{t('settings.loading')}</Empty>}
      {data?.items.length === 0 && <Empty>{t('settings.noSuchChanges')}</Empty>}
      <ol class="lines">
        {data?.items.map((change) => (
          <Line key={change.id} change={change} />
        ))}
      </ol>
      {data !== undefined && data.next !== null && shown < SHOWN_MAX && (
        <p class="more">
          <button type="button" class="quiet" onClick={() => setShown(Math.min(SHOWN_MAX, shown + PAGE))}>
            {t('common.showMore')}
          </button>
        </p>
      )}
    </section>
  )
}

function Line({ change }: { readonly change: Change }) {
  const { kind, subject, act, version, changedBy, occurredAt, reason, before, after } = change
  const [isOpened, setOpened] = useState(false)
  return (
    <li class="record change">
      <span class="tag">{kindName(kind)}</span>
      <strong>{subject}</strong>
      <span>{version === null ? title(act) : t('common.version', { version })}</span>
      <span class="about">
        {changedBy === 'scoreline' ? t('settings.thePlatform') : changedBy}, {dateAndTime(occurredAt)}
      </span>
      {reason !== null && <span class="reason">{reason}</span>}
      {(before !== null || after !== null) && (
        <details onToggle={(event) => setOpened(event.currentTarget.open)}>
          <summary>{t('settings.beforeAndAfter')}</summary>
          {isOpened && <DifferenceTable before={before} after={after} />}
        </details>
      )}
    </li>
  )
}
