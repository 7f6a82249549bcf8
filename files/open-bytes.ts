import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { PassThrough, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { FileError } from './file-error.ts'
import { foreignFormat, hasGzipMagic } from './foreign-format.ts'

/** Yields the bytes of a file in pieces, unzipped if it is gzip by its content or its name. Throws `FileError`. */
export async function* openBytes(file: string): AsyncGenerator<Buffer> {
  const source = createReadStream(file)
  const [head] = await firstBytes(file, source)
  const foreign = head === undefined ? undefined : foreignFormat(head)
  if (foreign !== undefined) {
    source.destroy()
    throw new FileError(`${file} is no text, but seems to be ${foreign}.`)
  }
  const isGzip = head !== undefined && (file.endsWith('.gz') || hasGzipMagic(head))
  const unpacked = isGzip ? createGunzip() : new PassThrough()
  const failure = pipeline(source, unpacked).catch((cause: Error) => cause)
  try {
    yield* unpacked as AsyncIterable<Buffer>
  } catch (error) {
    throw explained(file, (await failure) ?? (error as Error))
  }
}

/** Reads the first bytes of the stream without consuming them. */
async function firstBytes(file: string, source: Readable): Promise<readonly [Buffer | undefined]> {
  try {
    await once(source, 'readable')
  } catch (error) {
    throw explained(file, error as Error)
  }
  const head = source.read() as Buffer | null
  if (head === null) return [undefined]
  source.unshift(head)
  return [head]
}

function explained(file: string, error: NodeJS.ErrnoException): FileError {
  if (error.code === 'ENOENT') return new FileError(`There is no file ${file}.`, { cause: error })
  if (error.code?.startsWith('Z_') === true)
    return new FileError(`${file} can't be unpacked: it is cut off or damaged (${error.message}).`, { cause: error })
  if (error.code === 'EISDIR') return new FileError(`${file} is a folder, and must be a file.`, { cause: error })
  return new FileError(`${file} can't be read: ${error.message}`, { cause: error })
}
