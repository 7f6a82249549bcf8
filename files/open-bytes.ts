import { createReadStream } from 'node:fs'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { FileError } from './file-error.ts'

/** The bytes of a file in pieces; a name that ends in `.gz` is unpacked. Throws `FileError`. */
export async function* openBytes(file: string): AsyncGenerator<Buffer> {
  const source = createReadStream(file)
  const unpacked = file.endsWith('.gz') ? createGunzip() : new PassThrough()
  const failure = pipeline(source, unpacked).catch((cause: Error) => cause)
  try {
    yield* unpacked as AsyncIterable<Buffer>
  } catch (error) {
    throw explained(file, (await failure) ?? (error as Error))
  }
}

function explained(file: string, error: NodeJS.ErrnoException): FileError {
  if (error.code === 'ENOENT') return new FileError(`There is no file ${file}.`, { cause: error })
  if (error.code?.startsWith('Z_') === true)
    return new FileError(`${file} can't be unpacked: it is cut off or damaged (${error.message}).`, { cause: error })
  return new FileError(`${file} can't be read: ${error.message}`, { cause: error })
}
