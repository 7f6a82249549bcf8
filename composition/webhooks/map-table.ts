import { createHash } from 'node:crypto'
import { openTopicsOf } from '../../api/events/open-topics.ts'
import { mapPayload, type MappingContext, type TopicEvent } from '../../api/webhooks/map-payload.ts'
import type { CsvOptions } from '../../files/csv-records.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Mapping } from '../../webhooks/mapping/compile-mapping.ts'
import { topics } from '../../subjects/subjects.ts'
import { tableRows } from './table-rows.ts'

/** A line of a table with its events and what is wrong with it. */
export interface MappedLine {
  /** Line number, from 1. */
  readonly line: number
  readonly events: readonly TopicEvent[]
  readonly problems: readonly string[]
}

export interface TableMapping extends CsvOptions {
  readonly mapping: Mapping
  readonly registry: Registry
  /** `source` of events that state none. */
  readonly source: string
}

/**
 * Maps a table line by line in constant memory. The ids of events are derived from the content of their line, so that
 * a repeated import, or one of a longer export, repeats them.
 */
export async function* mapTable(file: string, options: TableMapping): AsyncGenerator<MappedLine> {
  const { mapping, registry, source, ...csv } = options
  const open = openTopicsOf(topics)
  for await (const { line, row, problem } of tableRows(file, csv)) {
    if (row === undefined) {
      yield { line, events: [], problems: [problem!] }
      continue
    }
    const deliveryId = createHash('sha256').update(JSON.stringify(row)).digest('hex')
    const context: MappingContext = {
      ...{ topics: open, registry, mapping, source, deliveryId, now: Date.now() },
      variables: { line },
    }
    const { events, problems } = await mapPayload(row, context)
    yield { line, events, problems: problems.map(problemText) }
  }
}

function problemText({
  index,
  topic,
  path,
  problem,
}: {
  index: number | null
  topic: string | null
  path: string
  problem: string
}): string {
  const place =
    index === null ? '' : `event ${index + 1}${topic === null ? '' : ` (${topic})`}${path === '' ? '' : ` ${path}`}: `
  return `${place}${problem}`
}
