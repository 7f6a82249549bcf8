import { gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { compressFrameSync, decompressFrameSync } from 'lz4-napi'
import snappy from 'snappy'
import type { Compression } from './client.ts'
import { KafkaError } from './errors.ts'

interface Codec {
  compress(bytes: Buffer): Buffer
  decompress(bytes: Buffer): Buffer
}

/** By the number that a batch's attributes carry in their lowest three bits. */
const names: readonly Compression[] = ['none', 'gzip', 'snappy', 'lz4', 'zstd']

const codecs: Readonly<Record<Compression, Codec>> = {
  none: { compress: (bytes) => bytes, decompress: (bytes) => bytes },
  gzip: { compress: (bytes) => gzipSync(bytes), decompress: (bytes) => gunzipSync(bytes) },
  snappy: { compress: (bytes) => snappy.compressSync(bytes), decompress: decompressSnappy },
  lz4: { compress: (bytes) => compressFrameSync(bytes), decompress: (bytes) => decompressFrameSync(bytes) },
  zstd: { compress: (bytes) => zstdCompressSync(bytes), decompress: (bytes) => zstdDecompressSync(bytes) },
}

export function compressionNumber(compression: Compression): number {
  return names.indexOf(compression)
}

export function compress(bytes: Buffer, compression: Compression): Buffer {
  return codecs[compression].compress(bytes)
}

/** `number`: the lowest three bits of the batch's attributes. */
export function decompress(bytes: Buffer, number: number): Buffer {
  const name = names[number]
  if (name === undefined) {
    throw new KafkaError(
      `A batch is compressed by the unknown method ${number}: update this client`,
      'UNSUPPORTED_COMPRESSION_TYPE',
      'fatal',
    )
  }
  return codecs[name].decompress(bytes)
}

/** The Java client frames snappy as snappy-java's streams do: this mark, two versions, then blocks with their length in front. */
const xerialMark = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00])
const xerialHeaderBytes = 16

function decompressSnappy(bytes: Buffer): Buffer {
  if (!bytes.subarray(0, xerialMark.length).equals(xerialMark)) return snappy.uncompressSync(bytes) as Buffer
  const blocks: Buffer[] = []
  for (let position = xerialHeaderBytes; position < bytes.length;) {
    const length = bytes.readInt32BE(position)
    blocks.push(snappy.uncompressSync(bytes.subarray(position + 4, position + 4 + length)) as Buffer)
    position += 4 + length
  }
  return Buffer.concat(blocks)
}
