import { useEffect, useRef, useState } from 'preact/hooks'
import { apiUrl } from '../api.ts'
import { Empty, Failure } from '../parts.tsx'
import { useResource } from '../use-resource.ts'
import { t } from '../words/words.ts'
import type { Preview } from './loans-text.ts'
import { ThresholdActivation } from './threshold-activation.tsx'
import { ThresholdHistory } from './threshold-history.tsx'
import { ThresholdInput } from './threshold-input.tsx'
import { ThresholdPreview } from './threshold-preview.tsx'

/** Time after the last move of the slider until the preview is asked for. */
const SETTLED_MS = 250

/** The threshold: in force, tried out, and changed. */
export function ThresholdCard() {
  const [asked, setAsked] = useState<number>()
  const { preview, error, refresh } = usePreview(asked)
  const [activations, setActivations] = useState(0)
  const activated = () => {
    refresh()
    setActivations(activations + 1)
  }
  return (
    <section class="card" aria-labelledby="threshold-title">
      <div class="head">
        <div>
          <h2 id="threshold-title">{t('loans.threshold')}</h2>
          <p class="sub">{t('loans.fromThisExpectedUseOn')}</p>
        </div>
      </div>
      {error !== undefined && <Failure>{error}</Failure>}
      {preview === undefined && error === undefined && <Empty>{t('loans.loading')}</Empty>}
      {preview !== undefined && (
        <>
          <ThresholdInput value={asked ?? preview.active} active={preview.active} onChange={setAsked} />
          <ThresholdPreview preview={preview} />
          <ThresholdActivation preview={preview} onActivated={activated} />
        </>
      )}
      <ThresholdHistory key={activations} />
    </section>
  )
}

/** Loads the preview of a threshold once it has settled. Until the new one has come, the last one is shown. */
function usePreview(asked: number | undefined) {
  const [settled, setSettled] = useState(asked)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(asked), SETTLED_MS)
    return () => clearTimeout(timer)
  }, [asked])
  const url = apiUrl('/potential-customers/preview', settled === undefined ? {} : { query: { threshold: settled } })
  const { data, error, refresh } = useResource(url)
  const last = useRef<Preview | undefined>(undefined)
  if (data !== undefined) last.current = data
  return { preview: last.current, error, refresh }
}
