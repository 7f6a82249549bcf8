import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { read, type Address } from './api.ts'

export interface Resource<Result> {
  readonly data: Result | undefined
  /** Why the latest attempt failed; the data may be from an earlier one. */
  readonly error: string | undefined
  refresh(): void
}

/**
 * Loads an address on mount, when it changes, and every `everyMs` if given. `undefined`: nothing to load.
 */
export function useResource<Result>(address: Address<Result> | undefined, everyMs?: number): Resource<Result> {
  const [state, setState] = useState<{ address: string | undefined; data?: Result; error?: string }>({ address })
  const load = useRef<() => void>(() => {})

  useEffect(() => {
    if (address === undefined) return
    const leaving = new AbortController()
    let busy = false
    load.current = () => {
      if (busy) return
      busy = true
      read(address, leaving.signal)
        .then((data) => setState({ address, data }))
        .catch((error: unknown) => {
          if (leaving.signal.aborted) return
          // Keeps the data from the last successful attempt.
          setState((held) => ({ ...(held.address === address ? held : {}), address, error: (error as Error).message }))
        })
        .finally(() => (busy = false))
    }
    load.current()
    const timer = everyMs === undefined ? undefined : setInterval(() => load.current(), everyMs)
    return () => {
      leaving.abort()
      clearInterval(timer)
    }
  }, [address, everyMs])

  const refresh = useCallback(() => load.current(), [])
  const current = state.address === address ? state : undefined
  return { data: current?.data, error: current?.error, refresh }
}
