import { setTimeout as delay } from 'node:timers/promises'
import type { CommandContext } from '../composition/context.ts'
import { openProducer } from '../composition/kafka.ts'
import type { PlainProducer } from '../kafka/producer/plain-producer.ts'
import type { Topic } from '../schemas/topic.ts'
import type { EventSource } from './events.ts'
import { postEvents } from './http-client.ts'
import { createMisplacer } from './misplaced.ts'
import { createMoments, type Moments } from './stalls/moments.ts'

/**
 * Publishes events at a steady rate between `resume` and `pause`, alternately by HTTP and directly to Kafka. Events
 * that are not acknowledged are sent again under the same ids until they are, so in the end every generated event is
 * acknowledged.
 */
export interface Load {
  resume(): void
  /** Resolves when all generated events are acknowledged. */
  pause(): Promise<void>
  /** Number of sends that failed and were repeated. */
  resends(): number
  /** Ids of the events that were sent more than once. */
  readonly resentIds: ReadonlySet<string>
  /** Number of events answered with 202. */
  answered(): number
  /** Number of events written outside the partition of their key. */
  misplaced(): number
  /** Times of the answers with 202, and of each `resume`. */
  readonly answers: Moments
  /** Valid events that were permanently rejected. */
  readonly problems: readonly string[]
  close(): Promise<void>
}

const TICK_MS = 50
const EVENTS_PER_TICK_MAX = 1_000
const SEND_AGAIN_MS = 500

export function createLoad(context: CommandContext, events: EventSource, eventsPerSecond: number): Load {
  const { config } = context
  const answers = createMoments()
  const problems: string[] = []
  const resentIds = new Set<string>()
  let wanted = false
  let running: Promise<void> | undefined
  let resends = 0
  let answered = 0
  let turn = 0
  let producer: PlainProducer | undefined
  const misplacer = createMisplacer(config)

  async function write(topic: Topic, list: readonly unknown[]): Promise<void> {
    producer ??= await openProducer(context, 'load')
    await producer.send(misplacer.topicName(topic), misplacer.recordsOf(topic, list))
  }

  async function post(topic: Topic, list: readonly unknown[]): Promise<void> {
    const refusal = await postEvents(config.API_PORT, topic, list)
    if (refusal !== undefined) problems.push(refusal)
    answers.record(Date.now())
    answered += list.length
  }

  /**
   * Publishes until it succeeds. Records of a failed attempt may have been written all the same; the processors drop
   * the duplicates by their ids.
   */
  async function publish(topic: Topic, list: readonly unknown[], byHttp: boolean): Promise<void> {
    for (;;) {
      try {
        if (byHttp) await post(topic, list)
        else await write(topic, list)
        return
      } catch {
        resends++
        for (const { id } of list as readonly { readonly id: string }[]) resentIds.add(id)
        await delay(SEND_AGAIN_MS)
      }
    }
  }

  async function run(): Promise<void> {
    const takeDue = createPace(eventsPerSecond)
    while (wanted) {
      await delay(TICK_MS)
      const batch = events.next(takeDue())
      const byHttp = turn++ % 2 === 0
      await Promise.all(
        [...batch].filter(([, list]) => list.length > 0).map(([topic, list]) => publish(topic, list, byHttp)),
      )
    }
  }

  return {
    resume() {
      wanted = true
      // Starts a new interval, so that the pause does not count as a gap between answers.
      answers.record(Date.now())
      running ??= run()
    },
    async pause() {
      wanted = false
      await running
      running = undefined
    },
    resends: () => resends,
    resentIds,
    answered: () => answered,
    answers,
    misplaced: () => misplacer.count(),
    problems,
    close: async () => void (await producer?.close().catch(() => {})),
  }
}

/** Returns a function that takes the whole events due since its last call and keeps the fraction for the next. */
function createPace(eventsPerSecond: number): () => number {
  let last = performance.now()
  let due = 0
  return () => {
    const now = performance.now()
    due = Math.min(due + ((now - last) * eventsPerSecond) / 1000, EVENTS_PER_TICK_MAX)
    last = now
    const whole = Math.floor(due)
    due -= whole
    return whole
  }
}
