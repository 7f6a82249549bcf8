import { useEffect, useState } from 'preact/hooks'
import { apiUrl } from './api.ts'
import { isSignedIn, signOut, useRefusal } from './credential.ts'
import { emptyBatch, useLive, type LiveBatch } from './live.ts'
import { pages } from './pages.ts'
import { SignIn } from './sign-in.tsx'
import { SimulationContext } from './simulation.tsx'
import { TopBar } from './top-bar.tsx'
import { useResource } from './use-resource.ts'
import { useRoute } from './use-route.ts'
import { useLanguage } from './words/language.ts'
import { t } from './words/words.ts'

const STATUS_EVERY_MS = 2_000

const initialBatch: LiveBatch = emptyBatch()

export function App() {
  const [live, setLive] = useState(initialBatch)
  const connection = useLive(setLive)
  const { data: status, error: statusError } = useResource(apiUrl('/status'), STATUS_EVERY_MS)
  const language = useLanguage()
  const refusal = useRefusal()
  const { page, item } = useRoute()
  const shown = pages.find(({ path }) => path === page) ?? pages[0]
  useEffect(() => {
    document.title = shown === pages[0] ? 'Scoreline' : t('page.windowTitle', { title: t(shown.title) })
  }, [shown, language])

  if (refusal !== undefined) return <SignIn refusal={refusal} />
  return (
    <SimulationContext.Provider value={status?.simulation ?? null}>
      <a class="skip" href="#content">
        {t('page.skipToTheContent')}
      </a>
      <div class="shell">
        <TopBar connection={connection} pages={pages} shown={shown} />
        <main id="content">
          <shown.View status={status} statusError={statusError} live={live} item={item} />
        </main>
        <footer class="foot">
          <a href="/docs">{t('page.api')}</a> · <a href="/metrics">{t('page.metrics')}</a>
          {isSignedIn() && (
            <button type="button" class="quiet" onClick={signOut}>
              {t('page.signOut')}
            </button>
          )}
        </footer>
      </div>
    </SimulationContext.Provider>
  )
}
