import { setTimeout as delay } from 'node:timers/promises'
import { readEvents } from '../importers/json-lines.ts'
import { fromJson } from '../schemas/json/json-event.ts'
import type { Envelope } from '../schemas/avro/schema.ts'
import { topicNamed, topics } from '../subjects/subjects.ts'
import type { Topic } from '../schemas/topic.ts'
import { namingOf, openProducer, openRegistry } from './kafka.ts'
import { createProgress } from './training/progress.ts'
import type { CommandContext } from './context.ts'
import { createPublisher } from './publisher.ts'
import { untilSent } from './until-sent.ts'

const BATCH = 1_000

interface Line {
  readonly topic: Topic
  readonly event: Envelope
}

export interface ReplayOptions {
  /** Speed relative to the event times; default: as fast as possible. */
  readonly speed?: number
  /** Whether to check every line and send none. */
  readonly dryRun?: boolean
}

/** Sends the events of a file to their topics. Throws for an invalid line before anything is sent. */
export async function replayFile(here: CommandContext, file: string, options: ReplayOptions): Promise<void> {
  const total = await check(file)
  here.log('info', `${total} events are well formed`)
  if (options.dryRun === true) return here.print(JSON.stringify({ events: total, sent: 0 }))
  const producer = await openProducer(here, 'replay')
  const publisher = createPublisher(producer, namingOf(here.config), await openRegistry(here.config, here.log))
  const progress = createProgress('Replay', total, here.log)
  let sent = 0
  const send = async (lines: readonly Line[]) => {
    const byTopic = Map.groupBy(lines, ({ topic }) => topic)
    const publish = () =>
      Promise.all(
        [...byTopic].map(([topic, list]) =>
          publisher.publish(
            topic,
            list.map(({ event }) => event),
          ),
        ),
      )
    if (!(await untilSent(publish, { what: 'The replay', log: here.log, signal: here.stopped }))) return
    sent += lines.length
    progress.update(sent)
  }
  try {
    let batch: Line[] = []
    let first: { readonly occurredAt: number; readonly startedAt: number } | undefined
    for await (const line of linesOf(file)) {
      if (here.stopped.aborted) break
      if (options.speed !== undefined) {
        first ??= { occurredAt: line.event.occurredAt, startedAt: Date.now() }
        const wait = first.startedAt + (line.event.occurredAt - first.occurredAt) / options.speed - Date.now()
        if (wait > 5) {
          await send(batch)
          batch = []
          await delay(wait, undefined, { signal: here.stopped }).catch(() => {})
        }
      }
      batch.push(line)
      if (batch.length < BATCH) continue
      await send(batch)
      batch = []
    }
    await send(batch)
  } finally {
    progress.stop()
    await producer.close()
  }
  here.print(JSON.stringify({ events: total, sent }))
}

/** Checks every line before the first is sent, so that a file is sent completely or not at all. */
async function check(file: string): Promise<number> {
  let count = 0
  for await (const line of linesOf(file)) if (line !== undefined) count++
  return count
}

async function* linesOf(file: string): AsyncGenerator<Line> {
  for await (const { line, topic: name, event: json } of readEvents(file)) {
    const topic = topicNamed(name)
    if (topic?.role !== 'input') {
      const known = topics.filter(({ role }) => role === 'input').map((one) => one.name)
      throw new Error(`${file}:${line}: ${name} is not a topic that takes events. There are: ${known.join(', ')}.`)
    }
    const converted = fromJson(topic, json)
    if (!converted.ok) {
      throw new Error(
        `${file}:${line}: ${converted.problems.map(({ path, problem }) => `${path || '/'}: ${problem}`).join('; ')}`,
      )
    }
    yield { topic, event: converted.value as Envelope }
  }
}
