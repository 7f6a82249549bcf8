import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { read } from './api.ts'

export interface Resource<Result> {
  readonly data: Result | undefined
  /** Why the newest attempt failed; the data may be older. */
  readonly error: string | undefined
  refresh(): void
}

/** Reads a path when it is first shown, when it changes, and every `everyMs` if given. `undefined`: nothing to read. */
export function useResource<Result>(path: string | undefined, everyMs?: number): Resource<Result> {
  const [state, setState] = useState<{ path: string | undefined; data?: Result; error?: string }>({ path })
  const load = useRef<() => void>(() => {})

  useEffect(() => {
    if (path === undefined) return
    const leaving = new AbortController()
    let busy = false
    load.current = () => {
      if (busy) return
      busy = true
      read<Result>(path, leaving.signal)
        .then((data) => setState({ path, data }))
        .catch((error: unknown) => {
          if (leaving.signal.aborted) return
          // What was read before is better than nothing.
          setState((held) => ({ ...(held.path === path ? held : {}), path, error: (error as Error).message }))
        })
        .finally(() => (busy = false))
    }
    load.current()
    const timer = everyMs === undefined ? undefined : setInterval(() => load.current(), everyMs)
    return () => {
      leaving.abort()
      clearInterval(timer)
    }
  }, [path, everyMs])

  const refresh = useCallback(() => load.current(), [])
  const current = state.path === path ? state : undefined
  return { data: current?.data, error: current?.error, refresh }
}
