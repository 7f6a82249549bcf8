import { useState } from 'preact/hooks'
import type { Connection } from './live.ts'
import type { Page } from './page.ts'
import { pageHref } from './route.ts'
import { Search } from './customers/search.tsx'
import { SimulationBadge } from './simulation.tsx'
import { LanguageChoice } from './words/language-choice.tsx'
import { t } from './words/words.ts'

const connectionLabels = (): Readonly<Record<Connection, string>> => ({
  connecting: t('page.connecting'),
  open: t('page.live'),
  lost: t('page.connectionLostReconnecting'),
  forbidden: t('page.noLiveUpdates'),
})

type Theme = 'light' | 'dark'
const THEME = 'scoreline-theme'

function currentTheme(): Theme {
  const kept = localStorage.getItem(THEME)
  if (kept === 'light' || kept === 'dark') return kept
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

if (localStorage.getItem(THEME) !== null) document.documentElement.dataset['theme'] = currentTheme()

interface TopBarProps {
  readonly connection: Connection
  readonly pages: readonly Page[]
  readonly shown: Page
}

export function TopBar({ connection, pages, shown }: TopBarProps) {
  const [theme, setTheme] = useState(currentTheme)
  const other: Theme = theme === 'dark' ? 'light' : 'dark'

  function change() {
    localStorage.setItem(THEME, other)
    document.documentElement.dataset['theme'] = other
    setTheme(other)
  }

  return (
    <header class="top">
      <h1>
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <path d="M3 22h6l4-12 6 15 4-9h6" />
        </svg>
        Scoreline
      </h1>
      <nav aria-label={t('page.pages')}>
        {pages.map((page) => (
          <a key={page.path} href={pageHref(page.path)} aria-current={page === shown ? 'page' : undefined}>
            {t(page.title)}
          </a>
        ))}
      </nav>
      <SimulationBadge label={t('page.simulatedWorld')} />
      <span class={`connection ${connection}`} role="status">
        {connectionLabels()[connection]}
      </span>
      <Search />
      <LanguageChoice />
      <button type="button" class="quiet theme" onClick={change} aria-label={t('page.useTheColours', { theme: other })}>
        {theme === 'dark' ? '☀' : '☾'}
      </button>
    </header>
  )
}
