import { fromStoredJson } from '../schemas/json/stored-json.ts'
import { topicNamed } from '../subjects/subjects.ts'
import { openDatabase } from '../store/database.ts'
import { publishOutbox } from '../store/operations/outbox.ts'
import { createHealth } from '../streams/health.ts'
import { repeat } from '../streams/task/loop.ts'
import type { CommandContext } from './context.ts'
import { namingOf, openProducer, openRegistry } from './kafka.ts'
import { createPublisher } from './publisher.ts'
import type { RunningPart } from './running-part.ts'
import { databaseUrlOf } from './services.ts'
import { waitingForKafka } from './waiting-for-kafka.ts'

/** Polling interval of the outbox, which bounds the delay of an edit. */
const INTERVAL_MS = 500
const BACK_OFF_MS = 3_000

/** Sends edits from the database's outbox to the global topics. */
export async function startOutbox(context: CommandContext): Promise<RunningPart> {
  const { config, log } = context
  const database = openDatabase({ url: databaseUrlOf(config), poolMax: 1, applicationName: 'scoreline-outbox' })
  const producer = await openProducer(context, 'outbox')
  const publisher = createPublisher(producer, namingOf(config), await openRegistry(config, log))
  const health = createHealth()
  const stopping = new AbortController()

  async function publish({ topic: name, event }: { topic: string; event: unknown }): Promise<void> {
    const topic = topicNamed(name)
    if (topic === undefined) throw new Error(`The outbox names a topic ${name} that does not exist.`)
    await publisher.publish(topic, [fromStoredJson(topic.schema, event)])
  }

  const working = repeat(stopping.signal, async () => {
    try {
      const sent = await publishOutbox(database, publish)
      health.worked('Sending edits')
      return sent > 0 ? 0 : INTERVAL_MS
    } catch (error) {
      health.failed('Sending edits', error)
      log('warn', 'Edits wait in the outbox', { error })
      return BACK_OFF_MS
    }
  })

  return {
    name: 'outbox',
    trouble: () => waitingForKafka('An edit', producer.waitingMs()) ?? health.trouble(),
    async stop() {
      stopping.abort()
      await producer.close()
      await working
      await database.destroy()
    },
  }
}
