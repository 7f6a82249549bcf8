import { apiUrl } from '../../api.ts'
import { download } from '../../download.ts'
import { Failure } from '../../parts.tsx'
import { useResource } from '../../use-resource.ts'
import { useSending } from '../../use-sending.ts'
import { t } from '../../words/words.ts'
import { kindName } from './setting-text.ts'

/** What is listed; an empty field does not limit it. */
export interface ChangeFilter {
  readonly kind: string
  readonly changedBy: string
  /** The first day, such as `2026-11-30`, in the reader's time zone. */
  readonly since: string
}

/** Returns the query of the API without the empty fields. */
export function asked({ kind, changedBy, since }: ChangeFilter) {
  return {
    ...(kind === '' ? {} : { kind }),
    ...(changedBy === '' ? {} : { changedBy }),
    ...(since === '' ? {} : { since: new Date(`${since}T00:00`).toISOString() }),
  }
}

/** Kinds of changes that are no settings. */
const OTHERS = ['model', 'redrive', 'api-key', 'personal-data']

interface ChangesFilterProps {
  readonly items: readonly { readonly changedBy: string }[]
  readonly filter: ChangeFilter
  readonly onFilter: (filter: ChangeFilter) => void
}

/** Filters by kind, person and time, with the people shown as proposals, and the export of what they match. */
export function ChangesFilter({ items, filter, onFilter }: ChangesFilterProps) {
  const sending = useSending()
  const settings = useResource(apiUrl('/settings')).data?.items ?? []
  const kinds = [...settings.map(({ kind }) => kind), ...OTHERS]
  const save = (ending: 'csv' | 'ndjson') =>
    sending.run(async () => {
      const query = new URLSearchParams({ ...asked(filter) }).toString()
      await download(`/changes.${ending}?${query}`, `changes.${ending}`)
      return ''
    })
  return (
    <div class="choices letters-filter">
      <label>
        <span class="hidden">{t('settings.kind')}</span>
        <select
          value={filter.kind}
          onChange={({ currentTarget }) => onFilter({ ...filter, kind: currentTarget.value })}
        >
          <option value="">{t('settings.allKinds')}</option>
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {kindName(kind)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span class="hidden">{t('settings.person')}</span>
        <input
          type="text"
          placeholder={t('settings.person')}
          list="changes-people"
          defaultValue={filter.changedBy}
          onChange={({ currentTarget }) => onFilter({ ...filter, changedBy: currentTarget.value.trim() })}
        />
        <datalist id="changes-people">
          {[...new Set(items.map(({ changedBy }) => changedBy))].map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </label>
      <label>
        <span class="hidden">{t('settings.since')}</span>
        <input
          type="date"
          value={filter.since}
          onChange={({ currentTarget }) => onFilter({ ...filter, since: currentTarget.value })}
        />
      </label>
      <button type="button" class="quiet" aria-disabled={sending.busy} onClick={() => save('csv')}>
        {t('settings.exportAsATable')}
      </button>
      <button type="button" class="quiet" aria-disabled={sending.busy} onClick={() => save('ndjson')}>
        {t('settings.exportForPrograms')}
      </button>
      {sending.message?.tone === 'bad' && <Failure>{sending.message.text}</Failure>}
    </div>
  )
}
