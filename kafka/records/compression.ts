import { gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { compressFrameSync, decompressFrameSync } from 'lz4-napi'
import snappy from 'snappy'
import type { Compression } from '../client.ts'
import { KafkaError } from '../errors.ts'

interface Codec {
  compress(bytes: Buffer): Buffer
  decompress(bytes: Buffer): Buffer
}

/** Indexed by the codec number in the lowest three bits of a batch’s attributes. */
const names: readonly Compression[] = ['none', 'gzip', 'snappy', 'lz4', 'zstd']

/**
 * Limit of the decompressed size: a few bytes can expand to gigabytes. lz4 needs none, since its ratio is at most 255.
 */
const BOUNDED = { maxOutputLength: 1 << 28 }
/**
 * Snappy's ratio is at most 22. A block that claims more is invalid, and its claimed size would be allocated before
 * that is noticed.
 */
const SNAPPY_RATIO_MAX = 22

const codecs: Readonly<Record<Compression, Codec>> = {
  none: { compress: (bytes) => bytes, decompress: (bytes) => bytes },
  gzip: { compress: (bytes) => gzipSync(bytes), decompress: (bytes) => gunzipSync(bytes, BOUNDED) },
  snappy: { compress: (bytes) => snappy.compressSync(bytes), decompress: decompressSnappy },
  lz4: { compress: (bytes) => compressFrameSync(bytes), decompress: (bytes) => decompressFrameSync(bytes) },
  zstd: { compress: (bytes) => zstdCompressSync(bytes), decompress: (bytes) => zstdDecompressSync(bytes, BOUNDED) },
}

export function compressionNumber(compression: Compression): number {
  return names.indexOf(compression)
}

export function compress(bytes: Buffer, compression: Compression): Buffer {
  return codecs[compression].compress(bytes)
}

/**
 * Decompresses the records of a batch. `number`: the lowest three bits of its attributes. `where` names it in errors.
 */
export function decompress(bytes: Buffer, number: number, where: string): Buffer {
  const name = names[number]
  if (name === undefined) {
    throw new KafkaError(
      `${where} is compressed by the unknown method ${number}: update this client`,
      'UNSUPPORTED_COMPRESSION_TYPE',
      'fatal',
    )
  }
  try {
    return codecs[name].decompress(bytes)
  } catch (cause) {
    const message = `${where} can't be decompressed by ${name} (${(cause as Error).message}): fix its producer, and continue after it`
    throw new KafkaError(message, 'CORRUPT_MESSAGE', 'fatal', { cause })
  }
}

/**
 * The Java client frames snappy like the streams of snappy-java: this magic, two version numbers, then length-prefixed
 * blocks.
 */
const XERIAL_MARK = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00])
const XERIAL_HEADER_BYTES = 16

function decompressSnappy(bytes: Buffer): Buffer {
  if (!bytes.subarray(0, XERIAL_MARK.length).equals(XERIAL_MARK)) return decompressSnappyBlock(bytes)
  const blocks: Buffer[] = []
  for (let position = XERIAL_HEADER_BYTES; position < bytes.length;) {
    const start = position + 4
    position = start + bytes.readUInt32BE(position)
    if (position > bytes.length) throw new Error('its last block is cut off')
    blocks.push(decompressSnappyBlock(bytes.subarray(start, position)))
  }
  return Buffer.concat(blocks)
}

function decompressSnappyBlock(block: Buffer): Buffer {
  let length = 0
  for (let at = 0, scale = 1; at < 5; at++, scale *= 128) {
    const byte = block[at] ?? 0
    length += (byte & 127) * scale
    if (byte < 128) break
  }
  if (length > block.length * SNAPPY_RATIO_MAX)
    throw new Error(`a block of ${block.length} bytes claims to hold ${length}`)
  return snappy.uncompressSync(block) as Buffer
}
