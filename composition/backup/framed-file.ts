import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress, createZstdDecompress } from 'node:zlib'

/** Size and checksum of a file as it is on disk. */
export interface FileSum {
  readonly bytes: number
  /** Hexadecimal. */
  readonly sha256: string
}

/** Only the user who made the backup may read it: it holds everything that the platform knows. */
const PRIVATE = 0o600
const LENGTH_BYTES = 4

/**
 * Writes frames of bytes to a file, compressed by zstd, each preceded by its length (unsigned, 32 bits, big-endian). The
 * file has its name only once it is whole and on disk. Memory is bounded by a few frames.
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

async function* withLengths(frames: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const frame of frames) {
    const length = Buffer.alloc(LENGTH_BYTES)
    length.writeUInt32BE(frame.length)
    yield length
    if (frame.length > 0) yield frame
  }
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
  const held = createPieces()
  let wanted: number | undefined
  try {
    for await (const piece of plain as AsyncIterable<Buffer>) {
      held.add(piece)
      for (;;) {
        if (wanted === undefined) {
          if (held.length() < LENGTH_BYTES) break
          wanted = held.take(LENGTH_BYTES).readUInt32BE()
        }
        if (held.length() < wanted) break
        yield held.take(wanted)
        wanted = undefined
      }
    }
  } catch (cause) {
    throw new Error(`${path} can't be read: ${(cause as Error).message}`, { cause })
  } finally {
    source.destroy()
    plain.destroy()
  }
  if (wanted !== undefined || held.length() > 0) throw new Error(`${path} ends within a frame: it was cut off.`)
}

/** Bytes that arrive in pieces and are taken in other sizes, without copying a piece for each one that follows. */
function createPieces() {
  let pieces: Buffer[] = []
  let length = 0
  return {
    length: () => length,
    add(piece: Buffer) {
      pieces.push(piece)
      length += piece.length
    },
    take(count: number): Buffer {
      const whole = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)
      pieces = whole.length > count ? [whole.subarray(count)] : []
      length -= count
      return whole.subarray(0, count)
    },
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
