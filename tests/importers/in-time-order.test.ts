import fc from 'fast-check'
import type { TopicEvent } from '../../importers/importer.ts'
import { mergedByTime, sortedByTime } from '../../importers/in-time-order.ts'

const at = (topic: string, occurredAt: number, id = ''): TopicEvent => ({
  topic,
  event: { id, occurredAt, source: 'test' },
})

async function collected(events: AsyncIterable<TopicEvent>): Promise<TopicEvent[]> {
  const all: TopicEvent[] = []
  for await (const event of events) all.push(event)
  return all
}

describe('mergedByTime', () => {
  it('equals a stable sort of everything', async () => {
    const source = fc.array(fc.integer({ min: 0, max: 20 }))
    await fc.assert(
      fc.asyncProperty(fc.array(source, { maxLength: 5 }), async (sources) => {
        const streams = sources.map((times, i) =>
          [...times].sort((a, b) => a - b).map((time, j) => at(`t${i}`, time, `${j}`)),
        )
        expect(await collected(mergedByTime(...streams))).toEqual(sortedByTime(streams.flat()))
      }),
    )
  })

  it('refuses a source that goes back in time', async () => {
    await expect(collected(mergedByTime([at('a', 2, 'x'), at('a', 1, 'y')]))).rejects.toThrow(
      'Event y of a goes back in time',
    )
  })

  it('closes its sources when the reader stops early', async () => {
    let closed = false
    async function* endless(): AsyncGenerator<TopicEvent> {
      try {
        for (let time = 0; ; time++) yield at('a', time)
      } finally {
        closed = true
      }
    }
    for await (const event of mergedByTime(endless(), [at('b', 5)])) if (event.topic === 'b') break
    expect(closed).toBe(true)
  })
})
