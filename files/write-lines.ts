import { createWriteStream } from 'node:fs'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { FileError } from './file-error.ts'

/** Writes lines, each terminated by a line feed; compressed if the name ends in `.gz`. */
export async function writeLines(file: string, lines: Iterable<string> | AsyncIterable<string>): Promise<void> {
  async function* ended(): AsyncGenerator<string> {
    for await (const line of lines) yield `${line}\n`
  }
  const source = Readable.from(ended(), { highWaterMark: 256 })
  const target = createWriteStream(file)
  try {
    await (file.endsWith('.gz') ? pipeline(source, createGzip(), target) : pipeline(source, target))
  } catch (error) {
    throw explained(file, error as NodeJS.ErrnoException)
  }
}

function explained(file: string, error: NodeJS.ErrnoException): Error {
  if (error.path === undefined || error.syscall !== 'open') return error
  const why = error.code === 'ENOENT' ? `there is no folder ${dirname(file)}` : error.message
  return new FileError(`${file} can't be written: ${why}.`, { cause: error })
}
