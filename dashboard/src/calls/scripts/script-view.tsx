import { apiUrl, type ApiResponse } from '../../api.ts'
import { dateAndTime, title } from '../../format.ts'
import { ItemHeading } from '../../item-heading.tsx'
import { Empty, Failure } from '../../parts.tsx'
import { useResource } from '../../use-resource.ts'
import { sectionHref } from './script-address.ts'
import { ScriptPreview } from './script-preview.tsx'
import { ScriptReviews } from './script-reviews.tsx'
import { statusLabel, versionText } from './script-text.ts'
import { ScriptTexts } from './script-texts.tsx'
import { t } from '../../words/words.ts'

type Script = ApiResponse<'/scripts/{id}'>

/** A script of the database: whom it is given to, what it says to a customer, and its reviews. */
export function ScriptView({ id, onChange }: { readonly id: string; readonly onChange: () => void }) {
  const { data, error, refresh } = useResource(apiUrl('/scripts/{id}', { path: { id } }))
  const status = data === undefined ? undefined : statusLabel(data.status)
  return (
    <section class="card" aria-labelledby="item-title">
      <ItemHeading
        title={data === undefined ? t('common.script') : versionText(data.template, data.templateVersion)}
        back={sectionHref('database')}
        backText={t('scripts.allScripts')}
        {...(data === undefined ? {} : { about: aboutText(data) })}
      >
        {status !== undefined && <span class={`tag ${status.tone}`}>{status.label}</span>}
      </ItemHeading>
      {error !== undefined && <Failure>{error}</Failure>}
      {data === undefined && error === undefined && <Empty>{t('scripts.loadingTheScript')}</Empty>}
      {data !== undefined && (
        <div class="detail">
          <ScriptReviews
            script={data}
            onReviewed={() => {
              refresh()
              onChange()
            }}
          />
          <Groups script={data} />
          <ScriptPreview id={id} />
          <ScriptTexts script={data} />
        </div>
      )}
    </section>
  )
}

function aboutText({ product, language, useCount, createdAt }: Script): string {
  const about = product === null ? t('scripts.noProduct') : title(product)
  return t('scripts.languageGivenToCallsGenerated', { about, language, useCount, createdAt: dateAndTime(createdAt) })
}

function Groups({ script: { groups } }: { readonly script: Script }) {
  return (
    <section aria-labelledby="groups-title">
      <h3 id="groups-title">{t('scripts.targetGroupsThatItWasGiven')}</h3>
      {groups.length === 0 && <p class="about">{t('scripts.onlyCustomersInNoTargetGroup')}</p>}
      <ul class="lines">
        {groups.map(({ targetGroup, groupVersion, features }) => (
          <li key={targetGroup} class="record">
            <strong>{targetGroup}</strong>
            <span class="about">{t('scripts.versionBy', { groupVersion, features: features.join(', ') })}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
