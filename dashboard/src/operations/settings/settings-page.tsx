import { ApiKeys } from '../../access/api-keys.tsx'
import type { Page, PageProps } from '../../page.ts'
import { t } from '../../words/words.ts'
import { Changes } from './changes.tsx'
import { SettingKinds } from './setting-kinds.tsx'
import { parseItem, sectionHref, sections, SETTINGS } from './settings-address.ts'

/** Page for those who run the platform: what can be set, who may use the API, and who changed what. */
export const settingsPage: Page = { path: SETTINGS, title: 'settings.settings', View: SettingsPage }

function SettingsPage({ item }: PageProps) {
  const { section, path, key } = parseItem(item)
  return (
    <>
      <nav class="sections" aria-label={t('settings.settings')}>
        {sections().map(([name, title]) => (
          <a key={name} href={sectionHref(name)} aria-current={name === section ? 'page' : undefined}>
            {title}
          </a>
        ))}
      </nav>
      {section === 'kinds' && <SettingKinds path={path} opened={key} />}
      {section === 'keys' && <ApiKeys />}
      {section === 'changes' && <Changes />}
    </>
  )
}
