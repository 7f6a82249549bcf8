import { useEffect, useRef, useState } from 'preact/hooks'
import type { LiveMessages, LiveTopic } from './api.ts'
import { followEvents } from './event-stream.ts'

/** Live messages that arrived within `BUFFER_MS`, by topic. */
export type LiveBatch = { readonly [Topic in LiveTopic]: readonly LiveMessages[Topic][] }

export type Connection = 'connecting' | 'open' | 'lost' | 'forbidden'

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

const isTopic = (name: string): name is LiveTopic => (TOPICS as readonly string[]).includes(name)

/** Subscribes to the live updates while the page is open; reconnects by itself. */
export function useLive(onBatch: (batch: LiveBatch) => void): Connection {
  const [connection, setConnection] = useState<Connection>('connecting')
  const handler = useRef(onBatch)
  handler.current = onBatch

  useEffect(() => {
    const buffered: Record<LiveTopic, unknown[]> = emptyBatch()
    let timer: number | undefined

    const flush = () => {
      timer = undefined
      handler.current(
        Object.fromEntries(TOPICS.map((topic) => [topic, buffered[topic].splice(0)])) as unknown as LiveBatch,
      )
    }
    const stop = followEvents('/live', {
      onOpen: () => setConnection('open'),
      onLost: () => setConnection('lost'),
      onForbidden: () => setConnection('forbidden'),
      onEvent(name, data) {
        if (!isTopic(name)) return
        buffered[name].push(JSON.parse(data))
        timer ??= window.setTimeout(flush, BUFFER_MS)
      },
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [])
  return connection
}
