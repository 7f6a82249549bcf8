import { apiUrl, type ApiResponse } from '../../api.ts'
import { dateAndTime } from '../../format.ts'
import { ItemHeading } from '../../item-heading.tsx'
import { Empty, Failure } from '../../parts.tsx'
import { useWallClockNote } from '../../simulation.tsx'
import { useResource } from '../../use-resource.ts'
import { sectionHref } from './script-address.ts'
import { ScriptTexts } from './script-texts.tsx'
import { TemplateState } from './template-state.tsx'
import { t } from '../../words/words.ts'

type Template = ApiResponse<'/script-templates/{name}'>

/** A template with its texts and all its versions. */
export function TemplateView({ name }: { readonly name: string }) {
  const { data, error } = useResource(apiUrl('/script-templates/{name}', { path: { name } }))
  return (
    <section class="card" aria-labelledby="item-title">
      <ItemHeading title={name} back={sectionHref('templates')} backText={t('scripts.allTemplates')}>
        {data !== undefined && <TemplateState retired={data.retired} />}
      </ItemHeading>
      {error !== undefined && <Failure>{error}</Failure>}
      {data === undefined && error === undefined && <Empty>{t('scripts.loadingTheTemplate')}</Empty>}
      {data !== undefined && (
        <div class="detail">
          <ScriptTexts script={data} />
          <Versions template={data} />
        </div>
      )}
    </section>
  )
}

function Versions({ template: { name, history } }: { readonly template: Template }) {
  const note = useWallClockNote()
  return (
    <section aria-labelledby="versions-title">
      <h3 id="versions-title">{t('scripts.versions')}</h3>
      {history.length === 0 && <Empty>{t('scripts.hasNotBeenChangedSinceIt', { name })}</Empty>}
      <ol class="lines">
        {history.map(({ version, changedBy, changedAt, retired }) => (
          <li key={version} class="record">
            <span class="row">
              <strong>{t('common.version', { version })}</strong>
              <TemplateState retired={retired} />
            </span>
            <span class="about">
              {changedBy}
              {changedAt !== null && `, ${dateAndTime(changedAt)}${note}`}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
