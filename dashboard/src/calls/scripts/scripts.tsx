import type { Page, PageProps } from '../../page.ts'
import { parseItem, sectionHref, sections, SCRIPTS, type Section } from './script-address.ts'
import { ScriptDatabase } from './script-database.tsx'
import { ScriptResults } from './script-results.tsx'
import { ScriptRevisions } from './script-revisions.tsx'
import { ScriptTemplates } from './script-templates.tsx'
import { WhatIf } from './what-if.tsx'
import { t } from '../../words/words.ts'

/** Page for team leads: which scripts work, what they say, and what to change. */
export const scripts: Page = { path: SCRIPTS, title: 'scripts.scripts', View: Scripts }

function Scripts({ item }: PageProps) {
  const { section, id } = parseItem(item)
  return (
    <>
      <nav class="sections" aria-label={t('scripts.scripts')}>
        {sections().map(([name, title]) => (
          <a key={name} href={sectionHref(name)} aria-current={name === section ? 'page' : undefined}>
            {title}
          </a>
        ))}
      </nav>
      <Shown section={section} id={id} />
    </>
  )
}

function Shown({ section, id }: { readonly section: Section; readonly id: string | undefined }) {
  switch (section) {
    case 'results':
      return <ScriptResults />
    case 'what-if':
      return <WhatIf />
    case 'templates':
      return <ScriptTemplates name={id} />
    case 'database':
      return <ScriptDatabase id={id} />
    case 'revisions':
      return <ScriptRevisions />
  }
}
