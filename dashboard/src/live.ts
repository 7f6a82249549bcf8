import { useEffect, useRef, useState } from 'preact/hooks'
import type { Alert, Assessment, LiveScore, PriorityEntry } from './api.ts'

export interface LivePriority {
  readonly scope: string
  readonly owner: string
  readonly openCount: number
  readonly entries: readonly PriorityEntry[]
}

/** What came in one moment. */
export interface LiveBatch {
  readonly scores: readonly LiveScore[]
  readonly priorities: readonly LivePriority[]
  readonly assessments: readonly Assessment[]
  readonly alerts: readonly Alert[]
}

export type Connection = 'connecting' | 'open' | 'lost'

const TOPICS = ['scores', 'priorities', 'assessments', 'alerts'] as const
/** People can't read faster, and the page stays light however much comes. */
const GATHER_MS = 250

/** Follows the updates of the API for as long as the page is open; the browser connects again by itself. */
export function useLive(onBatch: (batch: LiveBatch) => void): Connection {
  const [connection, setConnection] = useState<Connection>('connecting')
  const handler = useRef(onBatch)
  handler.current = onBatch

  useEffect(() => {
    const source = new EventSource('/live')
    const gathered: Record<(typeof TOPICS)[number], unknown[]> = {
      scores: [],
      priorities: [],
      assessments: [],
      alerts: [],
    }
    let timer: number | undefined

    const flush = () => {
      timer = undefined
      handler.current(
        Object.fromEntries(TOPICS.map((topic) => [topic, gathered[topic].splice(0)])) as unknown as LiveBatch,
      )
    }
    for (const topic of TOPICS) {
      source.addEventListener(topic, ({ data }: MessageEvent<string>) => {
        gathered[topic].push(JSON.parse(data))
        timer ??= window.setTimeout(flush, GATHER_MS)
      })
    }
    source.onopen = () => setConnection('open')
    source.onerror = () => setConnection('lost')
    return () => {
      source.close()
      clearTimeout(timer)
    }
  }, [])
  return connection
}
