import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { ApiError, read, type ApiUrl } from './api.ts'

export interface Resource<Result> {
  readonly data: Result | undefined
  /** Why the latest attempt failed; the data may be from an earlier one. */
  readonly error: string | undefined
  /** Whether it failed because the person lacks the right. */
  readonly isForbidden: boolean
  refresh(): void
}

/**
 * Loads a URL on mount, when it changes, and every `everyMs` if given. `undefined`: nothing to load.
 */
export function useResource<Result>(url: ApiUrl<Result> | undefined, everyMs?: number): Resource<Result> {
  const [state, setState] = useState<{ url: string | undefined; data?: Result; error?: Error }>({ url })
  const load = useRef<() => void>(() => {})

  useEffect(() => {
    if (url === undefined) return
    const controller = new AbortController()
    let busy = false
    load.current = () => {
      if (busy) return
      busy = true
      read(url, controller.signal)
        .then((data) => setState({ url, data }))
        .catch((error: unknown) => {
          if (controller.signal.aborted) return
          // Keeps the data from the last successful attempt.
          setState((previous) => ({ ...(previous.url === url ? previous : {}), url, error: error as Error }))
        })
        .finally(() => (busy = false))
    }
    load.current()
    const timer = everyMs === undefined ? undefined : setInterval(() => load.current(), everyMs)
    return () => {
      controller.abort()
      clearInterval(timer)
    }
  }, [url, everyMs])

  const refresh = useCallback(() => load.current(), [])
  const current = state.url === url ? state : undefined
  const error = current?.error
  const isForbidden = error instanceof ApiError && error.status === 403
  return { data: current?.data, error: error?.message, isForbidden, refresh }
}
