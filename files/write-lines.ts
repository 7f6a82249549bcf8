import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'

/** Writes lines, each with a line feed after it; packed where the name ends in `.gz`. */
export async function writeLines(file: string, lines: Iterable<string> | AsyncIterable<string>): Promise<void> {
  async function* ended(): AsyncGenerator<string> {
    for await (const line of lines) yield `${line}\n`
  }
  const source = Readable.from(ended(), { highWaterMark: 256 })
  const target = createWriteStream(file)
  await (file.endsWith('.gz') ? pipeline(source, createGzip(), target) : pipeline(source, target))
}
