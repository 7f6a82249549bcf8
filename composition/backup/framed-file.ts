import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress, createZstdDecompress } from 'node:zlib'
import { CutFrameError, framesIn, withLengths } from './frames.ts'

/** Size and checksum of a file as it is on disk. */
export interface FileSum {
  readonly bytes: number
  /** Hexadecimal. */
  readonly sha256: string
}

/** Only the user who made the backup may read it: it holds everything that the platform knows. */
const PRIVATE = 0o600

/**
 * Writes frames of bytes to a file, compressed by zstd, each preceded by its length (`frames.ts`). The file has its name
 * only once it is whole and on disk. Memory is bounded by a few frames.
 */
export async function writeFrames(path: string, frames: AsyncIterable<Buffer>, signal: AbortSignal): Promise<FileSum> {
  const unfinished = `${path}.part`
  const hash = createHash('sha256')
  let bytes = 0
  await pipeline(
    Readable.from(withLengths(frames), { objectMode: false }),
    createZstdCompress(),
    async function* (compressed: AsyncIterable<Buffer>) {
      for await (const piece of compressed) {
        hash.update(piece)
        bytes += piece.length
        yield piece
      }
    },
    createWriteStream(unfinished, { mode: PRIVATE, flush: true }),
    { signal },
  )
  await rename(unfinished, path)
  return { bytes, sha256: hash.digest('hex') }
}

/**
 * Reads the frames of a file in order. Throws, with its path, if the file can't be read or ends within a frame. Whether
 * it is whole, its checksum tells.
 */
export async function* readFrames(path: string): AsyncGenerator<Buffer> {
  const plain = createZstdDecompress()
  const source = createReadStream(path)
  source.on('error', (error) => plain.destroy(error))
  source.pipe(plain)
  try {
    yield* framesIn(plain, path)
  } catch (cause) {
    if (cause instanceof CutFrameError) throw cause
    throw new Error(`${path} can't be read: ${(cause as Error).message}`, { cause })
  } finally {
    source.destroy()
    plain.destroy()
  }
}

/** Returns size and checksum of a file. */
export async function sumOfFile(path: string): Promise<FileSum> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(piece)
    bytes += piece.length
  }
  return { bytes, sha256: hash.digest('hex') }
}
