import { useState } from 'preact/hooks'
import { ApiError } from './api.ts'
import { t } from './words/words.ts'

export interface Sending {
  readonly busy: boolean
  readonly message: { readonly text: string; readonly tone: '' | 'bad' } | undefined
  /** Runs the work, and shows the text that it returns or why it failed. */
  run(work: () => Promise<string>): void
  showError(text: string): void
}

/** State for sending a request and showing its result. */
export function useSending(): Sending {
  const [busy, setBusy] = useState(false)
  const [message, setMessage] = useState<Sending['message']>()
  return {
    busy,
    message,
    showError: (text) => setMessage({ text, tone: 'bad' }),
    run(work) {
      setBusy(true)
      setMessage(undefined)
      work()
        .then((text) => setMessage({ text, tone: '' }))
        .catch((error: unknown) => setMessage({ text: errorText(error), tone: 'bad' }))
        .finally(() => setBusy(false))
    },
  }
}

function errorText(error: unknown): string {
  if (!(error instanceof ApiError)) return t('common.thePlatformCantBeReachedTry')
  if (error.status === 412) return t('page.somebodyElseChangedItInThe')
  return error.message
}
