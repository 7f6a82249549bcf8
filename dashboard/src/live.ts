import { useEffect, useRef, useState } from 'preact/hooks'
import type { LiveMessages, LiveTopic } from './api.ts'

/** What came in one moment. */
export type LiveBatch = { readonly [Topic in LiveTopic]: readonly LiveMessages[Topic][] }

export type Connection = 'connecting' | 'open' | 'lost'

const TOPICS: readonly LiveTopic[] = ['scores', 'priorities', 'assessments', 'visit-assessments', 'cases', 'alerts']
/** People can't read faster, and the page stays light however much comes. */
const GATHER_MS = 250

/** A batch without anything in it. */
export const noNews = () => ({
  scores: [],
  priorities: [],
  assessments: [],
  'visit-assessments': [],
  cases: [],
  alerts: [],
})

/** Follows the updates of the API for as long as the page is open; the browser connects again by itself. */
export function useLive(onBatch: (batch: LiveBatch) => void): Connection {
  const [connection, setConnection] = useState<Connection>('connecting')
  const handler = useRef(onBatch)
  handler.current = onBatch

  useEffect(() => {
    const source = new EventSource('/live')
    const gathered: Record<LiveTopic, unknown[]> = noNews()
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
