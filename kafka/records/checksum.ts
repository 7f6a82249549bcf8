import { crc32c, Reader } from '@platformatic/kafka'

/**
 * Returns the CRC-32C (RFC 3720, appendix B.4), unsigned. The wire layer would copy a plain buffer before it computes
 * the sum; its own reader avoids the copy.
 */
export function checksumOf(bytes: Buffer): number {
  return crc32c(Reader.from(bytes).buffer) >>> 0
}
