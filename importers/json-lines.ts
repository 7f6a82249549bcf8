import { FileError } from '../files/file-error.ts'
import { parseJson } from '../files/json-text.ts'
import { textLines } from '../files/text-lines.ts'
import { writeLines } from '../files/write-lines.ts'
import { ImportError, type TopicEvent } from './importer.ts'

/** A parsed line of an event file. Its shape is checked, but the event is not yet validated against a schema. */
export interface EventLine {
  /** Line number from 1. */
  readonly line: number
  readonly topic: string
  readonly event: Readonly<Record<string, unknown>>
}

/**
 * Writes one `{"topic": …, "event": …}` per line, compressed if the name ends in `.gz`. Resolves to the number of
 * events.
 */
export async function writeEvents(
  file: string,
  events: AsyncIterable<TopicEvent> | Iterable<TopicEvent>,
): Promise<number> {
  let count = 0
  async function* lines(): AsyncGenerator<string> {
    for await (const { topic, event } of events) {
      count++
      yield JSON.stringify({ topic, event })
    }
  }
  await writeLines(file, lines())
  return count
}

/**
 * Reads an event file line by line in constant memory. Skips empty lines. Throws `ImportError` with the line number for
 * any other line that is not an event.
 */
export async function* readEvents(file: string): AsyncGenerator<EventLine> {
  try {
    for await (const { line, text } of textLines(file))
      if (text.trim() !== '') yield { line, ...parsed(text, `${file}:${line}`) }
  } catch (cause) {
    if (!(cause instanceof FileError)) throw cause
    throw new ImportError(`${file} cannot be read to its end: ${cause.message}`, { cause })
  }
}

function parsed(json: string, where: string): Omit<EventLine, 'line'> {
  let value: unknown
  try {
    value = parseJson(json)
  } catch (cause) {
    throw new ImportError(`${where} is not JSON: ${(cause as Error).message}`, { cause })
  }
  const { topic, event } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  if (typeof topic !== 'string')
    throw new ImportError(`${where} has no topic: each line is {"topic": "…", "event": {…}}.`)
  if (typeof event !== 'object' || event === null || Array.isArray(event))
    throw new ImportError(`${where} has no event: each line is {"topic": "…", "event": {…}}.`)
  return { topic, event: event as Record<string, unknown> }
}
