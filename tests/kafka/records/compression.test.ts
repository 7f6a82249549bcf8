import fc from 'fast-check'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import type { Compression } from '../../../kafka/client.ts'
import { compress, compressionNumber, decompress } from '../../../kafka/records/compression.ts'

const compressions: readonly Compression[] = ['none', 'gzip', 'snappy', 'lz4', 'zstd']
const corrupt = expect.objectContaining({
  code: 'CORRUPT_MESSAGE',
  kind: 'fatal',
  message: expect.stringContaining('visits-3') as string,
}) as Error

/** Frames blocks as snappy-java does: magic bytes, two versions, and blocks with length prefixes. */
function xerial(blocks: readonly Buffer[]): Buffer {
  const parts: Buffer[] = [Buffer.from('82534e41505059000000000100000001', 'hex')]
  for (const block of blocks) {
    const length = Buffer.alloc(4)
    length.writeInt32BE(block.length)
    parts.push(length, block)
  }
  return Buffer.concat(parts)
}

describe('compression', () => {
  it.each(compressions)('%s restores the original', (compression) => {
    const number = compressionNumber(compression)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), fc.integer({ min: 1, max: 50 }), (part, times) => {
        const bytes = Buffer.concat(Array.from({ length: times }, () => part))
        expect(decompress(compress(bytes, compression), number, 'visits-3').equals(bytes)).toBe(true)
      }),
    )
  })

  it('numbers are those of the protocol', () => {
    expect(compressions.map(compressionNumber)).toEqual([0, 1, 2, 3, 4])
  })

  it('the best that snappy can do is no lie', () => {
    const zeros = Buffer.alloc(4_000_000)
    expect(decompress(compress(zeros, 'snappy'), 2, 'visits-3').equals(zeros)).toBe(true)
  })

  it('snappy in several blocks, as the Java client frames it', () => {
    const parts = ['one, ', 'two, ', 'three'].map((text) => Buffer.from(text.repeat(1000)))
    const framed = xerial(parts.map((part) => compress(part, 'snappy')))
    expect(decompress(framed, 2, 'visits-3').equals(Buffer.concat(parts))).toBe(true)
  })

  it.each([-4, -1, 5, 2 ** 31 - 1])('a snappy block of a claimed length of %d ends with an error', (length) => {
    const framed = xerial([Buffer.from([0])])
    framed.writeInt32BE(length, 16)
    expect(() => decompress(framed, 2, 'visits-3')).toThrow(corrupt)
  })

  it('a few bytes that claim to be 2 GB are refused before anything is allocated', () => {
    const before = process.memoryUsage().arrayBuffers
    expect(() => decompress(Buffer.from('ffffffff0700', 'hex'), 2, 'visits-3')).toThrow(/claims to hold 2147483647/)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1 << 20)
  })

  it.each([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
  ] as const)('what unfolds to more than 256 MiB is refused: %s', (compression, shrink) => {
    const piece = shrink(Buffer.alloc(32 << 20))
    const bomb = Buffer.concat(Array.from({ length: 9 }, () => piece))
    expect(bomb.length).toBeLessThan(1 << 20)
    expect(() => decompress(bomb, compressionNumber(compression), 'visits-3')).toThrow(corrupt)
  })
})
