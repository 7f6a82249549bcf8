import { setTimeout as delay } from 'node:timers/promises'
import type { CommandContext } from '../commands/context.ts'
import { namingOf, openProducer } from '../commands/kafka.ts'
import { createPublisher, type Publisher } from '../commands/publisher.ts'
import { releasedRegistry } from '../schemas/registry.ts'
import type { Topic } from '../schemas/topic.ts'
import type { EventSource } from './events.ts'

/** Publishes at a steady rate between `resume` and `pause`. What can't be sent is sent again, under the same ids, until it is. */
export interface Load {
  resume(): void
  /** Resolves when all that was made is published. */
  pause(): Promise<void>
  /** How often a send failed and was made again. */
  resends(): number
  close(): Promise<void>
}

const TICK_MS = 50
const EVENTS_PER_TICK_MAX = 1_000
const SEND_AGAIN_MS = 500

export function createLoad(context: CommandContext, events: EventSource, eventsPerSecond: number): Load {
  let wanted = false
  let running: Promise<void> | undefined
  let resends = 0
  let connection: { readonly publisher: Publisher; close(): Promise<void> } | undefined

  async function connect(): Promise<Publisher> {
    if (connection === undefined) {
      const producer = await openProducer(context, 'load')
      connection = {
        publisher: createPublisher(producer, namingOf(context.config), releasedRegistry),
        close: () => producer.close(),
      }
    }
    return connection.publisher
  }

  async function disconnect(): Promise<void> {
    const old = connection
    connection = undefined
    await old?.close().catch(() => {})
  }

  /** A rejection may have left the records written: the ids say so, and the processors drop what comes again. */
  async function publish(topic: Topic, list: readonly unknown[]): Promise<void> {
    for (;;) {
      try {
        await (await connect()).publish(topic, list)
        return
      } catch {
        resends++
        await delay(SEND_AGAIN_MS)
      }
    }
  }

  async function run(): Promise<void> {
    let last = performance.now()
    let due = 0
    while (wanted) {
      await delay(TICK_MS)
      const now = performance.now()
      due = Math.min(due + ((now - last) * eventsPerSecond) / 1000, EVENTS_PER_TICK_MAX)
      last = now
      const batch = events.next(Math.floor(due))
      due -= Math.floor(due)
      await Promise.all([...batch].filter(([, list]) => list.length > 0).map(([topic, list]) => publish(topic, list)))
    }
  }

  return {
    resume() {
      wanted = true
      running ??= run()
    },
    async pause() {
      wanted = false
      await running
      running = undefined
    },
    resends: () => resends,
    close: disconnect,
  }
}
