import { useEffect, useRef, useState } from 'preact/hooks'
import { readTail, type TailedRecord, type TailQuery } from './read-tail.ts'

export interface Tail {
  /** Newest first. */
  readonly records: readonly TailedRecord[]
  /** Records that were left out because too many arrived. */
  readonly skipped: number
  readonly state: 'opening' | 'open' | 'paused' | 'lost'
  /** Why the tail was refused. */
  readonly error: string | undefined
  clear(): void
}

/** Newest records that are kept. */
const KEPT = 200
/** Records are shown together at this interval, so that the page does not flicker. */
const SHOW_EVERY_MS = 250
const AGAIN_AFTER_MS = 2_000

/** Follows a topic while `isOn`, again after a lost connection or the end of a tail. */
export function useTail(query: TailQuery, isOn: boolean): Tail {
  const [records, setRecords] = useState<readonly TailedRecord[]>([])
  const [skipped, setSkipped] = useState(0)
  const [state, setState] = useState<Tail['state']>('opening')
  const [error, setError] = useState<string>()
  const arrived = useRef<TailedRecord[]>([])
  const { topic, key, contains, last } = query
  useEffect(() => {
    setRecords([])
    setSkipped(0)
  }, [topic, key, contains])
  useEffect(() => {
    if (!isOn) return setState('paused')
    const leaving = new AbortController()
    const showing = setInterval(() => {
      const newest = arrived.current.splice(0).reverse()
      if (newest.length > 0) setRecords((before) => [...newest, ...before].slice(0, KEPT))
    }, SHOW_EVERY_MS)
    void follow({ topic, key, contains, last }, leaving.signal)
    return () => {
      leaving.abort()
      clearInterval(showing)
      arrived.current = []
    }

    async function follow(asked: TailQuery, signal: AbortSignal): Promise<void> {
      setState('opening')
      setError(undefined)
      for (let from = asked.last; !signal.aborted; from = 0) {
        try {
          await readTail({ ...asked, last: from }, { onOpen, onRecord, onSkipped }, signal)
        } catch (failure) {
          if (signal.aborted) return
          setState('lost')
          // A refusal stays; only a lost connection is tried again.
          if (!(failure instanceof TypeError)) return setError((failure as Error).message)
        }
        await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS))
      }
    }
    function onOpen() {
      setState('open')
    }
    function onRecord(record: TailedRecord) {
      arrived.current.push(record)
    }
    function onSkipped(count: number) {
      setSkipped((before) => before + count)
    }
  }, [topic, key, contains, last, isOn])
  return {
    ...{ records, skipped, state, error },
    clear() {
      arrived.current = []
      setRecords([])
      setSkipped(0)
    },
  }
}
