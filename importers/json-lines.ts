import { createReadStream, createWriteStream } from 'node:fs'
import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { ImportError, type TopicEvent } from './importer.ts'

/** A line of an event file as read: its shape is checked, its event against no schema yet. */
export interface EventLine {
  /** Counted from 1. */
  readonly line: number
  readonly topic: string
  readonly event: Readonly<Record<string, unknown>>
}

/**
 * Writes one `{"topic": …, "event": …}` a line, packed where the name ends in `.gz`. Resolves to the number of events.
 */
export async function writeEvents(
  file: string,
  events: AsyncIterable<TopicEvent> | Iterable<TopicEvent>,
): Promise<number> {
  let count = 0
  async function* lines(): AsyncGenerator<string> {
    for await (const { topic, event } of events) {
      count++
      yield `${JSON.stringify({ topic, event })}\n`
    }
  }
  const target = createWriteStream(file)
  const source = Readable.from(lines(), { highWaterMark: 256 })
  await (file.endsWith('.gz') ? pipeline(source, createGzip(), target) : pipeline(source, target))
  return count
}

/** Longer than any event may be; a file without line ends must not fill the memory. */
const LINE_CHARACTERS_MAX = 16_000_000

/**
 * Reads an event file line by line in constant memory. Empty lines are let through; any other line that is no event is
 * an error with its number.
 */
export async function* readEvents(file: string): AsyncGenerator<EventLine> {
  let line = 0
  for await (const json of lines(file)) {
    line++
    if (json.trim() !== '') yield { line, ...parsed(json, `${file}:${line}`) }
  }
}

/** Splits at line feeds only: node:readline would also split at U+2028, which JSON allows within a text. */
async function* lines(file: string): AsyncGenerator<string> {
  const source = createReadStream(file)
  const unpacked = file.endsWith('.gz') ? createGunzip() : new PassThrough()
  const failure = pipeline(source, unpacked).catch((cause: Error) => cause)
  unpacked.setEncoding('utf8')
  let rest = ''
  try {
    for await (const chunk of unpacked as AsyncIterable<string>) {
      const parts = (rest + chunk).split('\n')
      rest = parts.pop() ?? ''
      if (rest.length > LINE_CHARACTERS_MAX)
        throw new ImportError(`${file} has a line of more than ${LINE_CHARACTERS_MAX} characters.`)
      yield* parts
    }
  } catch (cause) {
    if (cause instanceof ImportError) throw cause
    const first = (await failure) ?? (cause as Error)
    throw new ImportError(`${file} cannot be read to its end: ${first.message}`, { cause: first })
  }
  if (rest !== '') yield rest
}

function parsed(json: string, where: string): Omit<EventLine, 'line'> {
  let value: unknown
  try {
    value = JSON.parse(json)
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
