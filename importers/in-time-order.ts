import type { TopicEvent } from './importer.ts'

type Source = AsyncIterable<TopicEvent> | Iterable<TopicEvent>

/** Sorts by event time, stably. For data that have to be held in memory anyway. */
export function sortedByTime(events: Iterable<TopicEvent>): TopicEvent[] {
  return [...events].sort((left, right) => left.event.occurredAt - right.event.occurredAt)
}

/**
 * Merges streams that are each in order of event time, holding one event of each. For equal times, the earlier source
 * in the list comes first. Throws if a source goes back in time, since importers guarantee the order.
 */
export async function* mergedByTime(...sources: readonly Source[]): AsyncGenerator<TopicEvent> {
  const streams = sources.map(stream)
  try {
    const heads = await Promise.all(streams.map((each) => each.next()))
    let latest = -Infinity
    for (;;) {
      let best = -1
      let next: TopicEvent | undefined
      heads.forEach(({ value }, i) => {
        if (value !== undefined && (next === undefined || value.event.occurredAt < next.event.occurredAt))
          [best, next] = [i, value]
      })
      if (next === undefined) return
      if (next.event.occurredAt < latest)
        throw new RangeError(`Event ${next.event.id} of ${next.topic} goes back in time.`)
      latest = next.event.occurredAt
      yield next
      heads[best] = await streams[best]!.next()
    }
  } finally {
    await Promise.all(streams.map((each) => each.return(undefined)))
  }
}

async function* stream(source: Source): AsyncGenerator<TopicEvent, undefined> {
  yield* source
}
