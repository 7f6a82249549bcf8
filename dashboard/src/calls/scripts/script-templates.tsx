import { apiUrl, type ApiResponse } from '../../api.ts'
import { title } from '../../format.ts'
import { Empty, Failure } from '../../parts.tsx'
import { useResource } from '../../use-resource.ts'
import { sectionHref } from './script-address.ts'
import { TemplateState } from './template-state.tsx'
import { TemplateView } from './template-view.tsx'
import { t } from '../../words/words.ts'

const READ_EVERY_MS = 30_000

type Template = ApiResponse<'/script-templates'>['items'][number]

/** The templates that scripts are made from, and one of them with its texts and versions. */
export function ScriptTemplates({ name }: { readonly name: string | undefined }) {
  const { data, error } = useResource(apiUrl('/script-templates'), READ_EVERY_MS)
  return (
    <div class={name === undefined ? 'list-detail' : 'list-detail opened'}>
      <section class="card" aria-labelledby="templates-title">
        <div class="head">
          <div>
            <h2 id="templates-title">{t('scripts.templates')}</h2>
            <p class="sub">{t('scripts.scriptsAreMadeFromThemFor')}</p>
          </div>
        </div>
        {error !== undefined && <Failure>{error}</Failure>}
        {data === undefined && error === undefined && <Empty>{t('scripts.loadingTheTemplates')}</Empty>}
        <ul class="lines">
          {data?.items.map((template) => (
            <Line key={template.name} template={template} isOpened={template.name === name} />
          ))}
        </ul>
      </section>
      {name !== undefined && <TemplateView key={name} name={name} />}
    </div>
  )
}

function Line({ template, isOpened }: { readonly template: Template; readonly isOpened: boolean }) {
  const { name, version, language, products, groups, retired } = template
  return (
    <li>
      <a href={sectionHref('templates', name)} class="flag" aria-current={isOpened ? 'true' : undefined}>
        <span class="row">
          <strong>{name}</strong>
          <TemplateState retired={retired} />
        </span>
        <span class="about">
          {version === 0 ? t('scripts.builtInVersion') : t('common.version', { version })}{' '}
          {t('scripts.language3', { language })}
        </span>
        <span class="about">
          {products.length === 0 ? t('scripts.anyProduct') : products.map(title).join(', ')} ·{' '}
          {groups.length === 0 ? t('scripts.everyCustomer') : groups.join(', ')}
        </span>
      </a>
    </li>
  )
}
