import { setTimeout as delay } from 'node:timers/promises'
import { readEvents } from '../../importers/json-lines.ts'
import { fromJson } from '../../schemas/json/json-event.ts'
import type { Envelope } from '../../schemas/avro/schema.ts'
import { topicNamed, topics } from '../../subjects/subjects.ts'
import type { Topic } from '../../schemas/topic.ts'
import type { DefineCommand } from '../define-command.ts'
import { namingOf, openProducer, openRegistry } from '../../composition/kafka.ts'
import { createProgress } from '../../composition/training/progress.ts'
import { createPublisher } from '../../composition/publisher.ts'
import { untilSent } from '../../composition/until-sent.ts'

const BATCH = 1_000

interface Line {
  readonly topic: Topic
  readonly event: Envelope
}

export const defineReplay: DefineCommand = (program, context) => {
  program
    .command('replay')
    .description('send the events of a file to their topics; each line is {"topic": "…", "event": {…}}')
    .argument('<file>', 'event file; .gz is unpacked')
    .option('--speed <factor>', 'speed relative to the event times; default: as fast as possible', Number)
    .option('--dry-run', 'validate every line without sending')
    .action(async (file: string, options: { speed?: number; dryRun?: boolean }) => {
      if (options.speed !== undefined && !(options.speed > 0)) throw new Error('--speed must be a number above 0.')
      const here = context()
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
    })
}

/** Every line is checked before the first is sent: a file is taken whole or not at all. */
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
