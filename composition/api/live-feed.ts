import type { LiveEvent } from '../../api/ports.ts'
import type { Fetcher, KafkaClient } from '../../kafka/client.ts'
import { valuesOf } from '../../kafka/records/record-access.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Topic } from '../../schemas/topic.ts'
import { describeNewTopics } from '../../streams/input/new-topics.ts'
import type { Log } from '../../streams/log.ts'
import { repeat } from '../../streams/task/loop.ts'
import type { Naming } from '../../streams/naming.ts'

const BACK_OFF_MS = 2_000

export interface LiveFeedOptions {
  readonly client: KafkaClient
  readonly naming: Naming
  readonly registry: Registry
  readonly topics: readonly Topic[]
  readonly log: Log
}

export interface LiveFeed {
  subscribe(listener: (event: LiveEvent) => void): () => void
  close(): Promise<void>
}

/** Creates a feed that reads topics from their end while there are subscribers. */
export function createLiveFeed({ client, naming, registry, topics, log }: LiveFeedOptions): LiveFeed {
  const listeners = new Set<(event: LiveEvent) => void>()
  let reading: { readonly stop: AbortController; readonly done: Promise<void> } | undefined

  async function readOnce(signal: AbortSignal): Promise<number> {
    const fetcher = client.fetcher({ bufferedBytesMax: 4 << 20 })
    const close = () => void fetcher.close()
    signal.addEventListener('abort', close, { once: true })
    try {
      await follow(fetcher, signal)
    } catch (error) {
      if (!signal.aborted) log('warn', 'The live updates start again', { error })
    } finally {
      signal.removeEventListener('abort', close)
      await fetcher.close()
    }
    return BACK_OFF_MS
  }

  async function follow(fetcher: Fetcher, signal: AbortSignal): Promise<void> {
    const names = topics.map((topic) => naming.topic(topic))
    const descriptions = await describeNewTopics(client, names)
    for (const { name, partitionCount } of descriptions) {
      for (let partition = 0; partition < partitionCount; partition++)
        await fetcher.assign({ topic: name, partition }, 'latest')
    }
    while (!signal.aborted) {
      for (const topic of topics) {
        const name = naming.topic(topic)
        for (const assigned of fetcher.assigned())
          if (assigned.topic === name) deliver(fetcher, topic, assigned.partition)
      }
      await fetcher.wait(1_000)
    }
  }

  function deliver(fetcher: Fetcher, topic: Topic, partition: number): void {
    const codec = codecOf(topic, registry)
    for (;;) {
      const batch = fetcher.take(naming.topic(topic), partition)
      if (batch === undefined) return
      for (const value of valuesOf(batch, codec)) for (const listener of listeners) listener({ topic, value })
    }
  }

  return {
    subscribe(listener) {
      listeners.add(listener)
      if (reading === undefined) {
        const stop = new AbortController()
        reading = { stop, done: repeat(stop.signal, () => readOnce(stop.signal)) }
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        reading?.stop.abort()
        reading = undefined
      }
    },
    async close() {
      listeners.clear()
      reading?.stop.abort()
      await reading?.done
    },
  }
}
