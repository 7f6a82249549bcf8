import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Importer, TopicEvent } from '../../importers/importer.ts'
import { mustBeValid } from './valid-event.ts'

const folder = process.env['SCORELINE_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data')

/** Every event of a data set is checked by schema, which takes seconds, or minutes on a busy machine. */
const DATA_TIMEOUT_MS = 300_000

/**
 * Runs a test against the public data set itself, which is not part of the project. Where it is absent, the name of the
 * test says that it was skipped.
 */
export function withData(set: string, name: string, test: (path: string) => Promise<void>): void {
  const path = join(folder, set)
  if (existsSync(path)) it(`${name} (${set})`, () => test(path), DATA_TIMEOUT_MS)
  else it.skip(`${name} (${set}) — skipped: data not present`, () => undefined)
}

const made: string[] = []
afterAll(() => made.forEach((path) => rmSync(path, { recursive: true })))

/** Creates a folder with the given files; files whose names end in `.gz` are compressed. */
export function dataFolder(files: Readonly<Record<string, string>>): string {
  const path = mkdtempSync(join(tmpdir(), 'scoreline-data-'))
  made.push(path)
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(path, name), name.endsWith('.gz') ? gzipSync(content) : content)
  return path
}

/**
 * Returns everything that an importer yields. Checks what must hold for every importer: valid events in order, with
 * unique ids.
 */
export async function imported(importer: Importer, path: string): Promise<TopicEvent[]> {
  const events: TopicEvent[] = []
  const ids = new Set<string>()
  let latest = -Infinity
  for await (const item of importer.read(path)) {
    mustBeValid(item.topic, item.event)
    if (item.event.occurredAt < latest) throw new Error(`${item.event.id} goes back in time.`)
    latest = item.event.occurredAt
    const id = `${item.topic} ${item.event.id}`
    if (ids.has(id)) throw new Error(`${id} comes twice.`)
    ids.add(id)
    if (item.event.source !== importer.name) throw new Error(`${item.event.id} comes from ${item.event.source}.`)
    events.push(item)
  }
  return events
}

export function countsByTopic(events: readonly TopicEvent[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { topic } of events) counts[topic] = (counts[topic] ?? 0) + 1
  return counts
}

/** Returns the events of a topic, loosely typed, since tests look at a few fields. */
export function eventsOf<T>(events: readonly TopicEvent[], topic: string): T[] {
  return events.filter((item) => item.topic === topic).map((item) => item.event as T)
}
