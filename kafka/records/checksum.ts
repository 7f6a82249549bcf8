import { crc32c, Reader } from '@platformatic/kafka'

/**
 * CRC-32C (RFC 3720, appendix B.4), unsigned. The wire layer copies plain bytes before it sums them; through its own
 * reader it uses them in place.
 */
export function checksumOf(bytes: Buffer): number {
  return crc32c(Reader.from(bytes).buffer) >>> 0
}
