import { useEffect, useRef, useState } from 'preact/hooks'
import type { LiveMessages, LiveTopic } from './api.ts'

/** Live messages that arrived within `BUFFER_MS`, by topic. */
export type LiveBatch = { readonly [Topic in LiveTopic]: readonly LiveMessages[Topic][] }

export type Connection = 'connecting' | 'open' | 'lost'

const TOPICS: readonly LiveTopic[] = ['scores', 'priorities', 'assessments', 'visit-assessments', 'cases', 'alerts']
/** Batching interval: people can't read faster, and it bounds the number of renders. */
const BUFFER_MS = 250

/** Returns an empty batch. */
export const emptyBatch = () => ({
  scores: [],
  priorities: [],
  assessments: [],
  'visit-assessments': [],
  cases: [],
  alerts: [],
})

/** Subscribes to the live updates while the page is open; the browser reconnects by itself. */
export function useLive(onBatch: (batch: LiveBatch) => void): Connection {
  const [connection, setConnection] = useState<Connection>('connecting')
  const handler = useRef(onBatch)
  handler.current = onBatch

  useEffect(() => {
    const source = new EventSource('/live')
    const buffered: Record<LiveTopic, unknown[]> = emptyBatch()
    let timer: number | undefined

    const flush = () => {
      timer = undefined
      handler.current(
        Object.fromEntries(TOPICS.map((topic) => [topic, buffered[topic].splice(0)])) as unknown as LiveBatch,
      )
    }
    for (const topic of TOPICS) {
      source.addEventListener(topic, ({ data }: MessageEvent<string>) => {
        buffered[topic].push(JSON.parse(data))
        timer ??= window.setTimeout(flush, BUFFER_MS)
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
