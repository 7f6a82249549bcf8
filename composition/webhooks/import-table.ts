import { basename } from 'node:path'
import type { TopicEvent } from '../../api/webhooks/map-payload.ts'
import type { CsvOptions } from '../../files/csv-records.ts'
import { countLines } from '../../files/count-lines.ts'
import type { CommandContext } from '../context.ts'
import { namingOf, openProducer, openRegistry } from '../kafka.ts'
import { createPublisher, type Publisher } from '../publisher.ts'
import { createProgress } from '../training/progress.ts'
import { untilSent } from '../until-sent.ts'
import { mappingNamed } from './mapping-named.ts'
import { mapTable } from './map-table.ts'

const BATCH = 1_000

export interface TableImport extends CsvOptions {
  /** File of a mapping, or name of a webhook source. */
  readonly mapping: string
  /** `source` of the events; default: the file name. */
  readonly source?: string | undefined
  /** Whether to check every line and send nothing. */
  readonly dryRun: boolean
  /** Called for each line with problems. */
  refuse(line: number, problems: readonly string[]): void
}

export interface TableCounts {
  readonly lines: number
  /** Lines that map to no event. */
  readonly empty: number
  /** Lines with problems; their valid events are sent all the same. */
  readonly refused: number
  readonly events: Readonly<Record<string, number>>
  /** Events whose time is more than the grace period of their topic before that of an earlier line. */
  readonly late: number
}

/** Sends the events that a table maps to, in the order of its lines and in constant memory. */
export async function importTable(here: CommandContext, file: string, options: TableImport): Promise<TableCounts> {
  const { mapping: named, source = basename(file), dryRun, refuse, ...csv } = options
  const mapping = await mappingNamed(here, named)
  const total = await countLines(file, csv)
  const registry = await openRegistry(here.config, here.log)
  const producer = dryRun ? undefined : await openProducer(here, 'import-table')
  const publisher = producer && createPublisher(producer, namingOf(here.config), registry)
  const progress = createProgress('Import', total, here.log)
  const tally = createTally()
  try {
    let batch: TopicEvent[] = []
    for await (const { line, events, problems } of mapTable(file, { ...csv, mapping, registry, source })) {
      if (here.stopped.aborted) break
      progress.update(line)
      tally.add(events, problems)
      if (problems.length > 0) refuse(line, problems)
      batch.push(...events)
      if (batch.length < BATCH) continue
      await send(here, publisher, batch)
      batch = []
    }
    await send(here, publisher, batch)
  } finally {
    progress.stop()
    await producer?.close()
  }
  return tally.counts()
}

async function send(here: CommandContext, publisher: Publisher | undefined, batch: readonly TopicEvent[]) {
  if (publisher === undefined || batch.length === 0) return
  const byTopic = [...Map.groupBy(batch, ({ topic }) => topic)]
  const publish = () =>
    Promise.all(
      byTopic.map(([topic, list]) =>
        publisher.publish(
          topic,
          list.map(({ event }) => event),
        ),
      ),
    )
  await untilSent(publish, { what: 'The table', log: here.log, signal: here.stopped })
}

function createTally() {
  const events: Record<string, number> = {}
  const newest = new Map<string, number>()
  let [lines, empty, refused, late] = [0, 0, 0, 0]
  return {
    add(mapped: readonly TopicEvent[], problems: readonly string[]): void {
      lines++
      if (problems.length > 0) refused++
      else if (mapped.length === 0) empty++
      for (const { topic, event } of mapped) {
        events[topic.name] = (events[topic.name] ?? 0) + 1
        const latest = newest.get(topic.name) ?? Number.NEGATIVE_INFINITY
        if (event.occurredAt < latest - topic.graceMs) late++
        newest.set(topic.name, Math.max(latest, event.occurredAt))
      }
    },
    counts: (): TableCounts => ({ lines, empty, refused, events, late }),
  }
}
