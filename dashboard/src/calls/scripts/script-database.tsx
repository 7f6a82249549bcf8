import { useState } from 'preact/hooks'
import { apiUrl, type ApiResponse } from '../../api.ts'
import { dateAndTime, title } from '../../format.ts'
import { Empty, Failure } from '../../parts.tsx'
import { useResource } from '../../use-resource.ts'
import { sectionHref } from './script-address.ts'
import { statusLabel, versionText } from './script-text.ts'
import { ScriptView } from './script-view.tsx'
import { t } from '../../words/words.ts'

const READ_EVERY_MS = 15_000
const PAGE = 50
/** The API's page limit. */
const SCRIPTS_MAX = 500
const STATUSES = ['unreviewed', 'approved', 'rejected'] as const

type Script = ApiResponse<'/scripts'>['items'][number]

/** Every script that was generated, newest first, and one of them with its texts, a preview and its reviews. */
export function ScriptDatabase({ id }: { readonly id: string | undefined }) {
  const [status, setStatus] = useState('')
  const [shown, setShown] = useState(PAGE)
  const { data, error, refresh } = useResource(
    apiUrl('/scripts', { query: { limit: shown, ...(status === '' ? {} : { status }) } }),
    READ_EVERY_MS,
  )
  const canShowMore = data !== undefined && data.next !== null && shown < SCRIPTS_MAX
  return (
    <div class={id === undefined ? 'list-detail' : 'list-detail opened'}>
      <section class="card" aria-labelledby="scripts-title">
        <div class="head">
          <div>
            <h2 id="scripts-title">{t('scripts.scriptsInUse')}</h2>
            <p class="sub">{t('scripts.newestFirstATemplateGivesOne')}</p>
          </div>
          <select
            aria-label={t('scripts.reviewOfTheScripts')}
            value={status}
            onChange={(event) => setStatus(event.currentTarget.value)}
          >
            <option value="">{t('scripts.allScripts')}</option>
            {STATUSES.map((one) => (
              <option key={one} value={one}>
                {statusLabel(one).label}
              </option>
            ))}
          </select>
        </div>
        {error !== undefined && <Failure>{error}</Failure>}
        {data === undefined && error === undefined && <Empty>{t('scripts.loadingTheScripts')}</Empty>}
        {data?.items.length === 0 && (
          <Empty>{status === '' ? t('scripts.noScriptWasNeededYet') : t('scripts.noSuchScripts')}</Empty>
        )}
        <ol class="lines">
          {data?.items.map((script) => (
            <Line key={script.id} script={script} isOpened={script.id === id} />
          ))}
        </ol>
        {canShowMore && (
          <p class="more">
            <button type="button" class="quiet" onClick={() => setShown(Math.min(SCRIPTS_MAX, shown + PAGE))}>
              {t('common.showMore')}
            </button>
          </p>
        )}
      </section>
      {id !== undefined && <ScriptView key={id} id={id} onChange={refresh} />}
    </div>
  )
}

function Line({ script, isOpened }: { readonly script: Script; readonly isOpened: boolean }) {
  const { id, template, templateVersion, language, product, status, useCount, lastUsedAt, groups } = script
  const { label, tone } = statusLabel(status)
  return (
    <li>
      <a href={sectionHref('database', id)} class="flag" aria-current={isOpened ? 'true' : undefined}>
        <span class="row">
          <strong>{versionText(template, templateVersion)}</strong>
          <span class={`tag ${tone}`}>{label}</span>
        </span>
        <span class="reason">
          {product === null ? t('scripts.noProduct') : title(product)}
          {t('scripts.language2', { language })}
        </span>
        <span class="about">
          {t('scripts.givenToCalls', { useCount })}
          {lastUsedAt !== null && t('scripts.last', { lastUsedAt: dateAndTime(lastUsedAt) })}
        </span>
        {groups.length > 0 && (
          <span class="about">
            {t('common.for')} {groups.map(({ targetGroup }) => targetGroup).join(', ')}
          </span>
        )}
      </a>
    </li>
  )
}
