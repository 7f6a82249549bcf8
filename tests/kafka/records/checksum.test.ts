import { checksumOf } from '../../../kafka/records/checksum.ts'

/** The examples of RFC 3720, appendix B.4, and the usual check value of CRC-32C. */
const ascending = Buffer.from(Array.from({ length: 32 }, (_, i) => i))

describe('the checksum of a batch', () => {
  it.each([
    ['nothing', Buffer.alloc(0), 0],
    ['the nine digits', Buffer.from('123456789'), 0xe3069283],
    ['zeros', Buffer.alloc(32), 0x8a9136aa],
    ['ones', Buffer.alloc(32, 0xff), 0x62a8ab43],
    ['ascending bytes', ascending, 0x46dd794e],
    ['descending bytes', Buffer.from(ascending).reverse(), 0x113fdb5c],
  ])('of %s', (_name, bytes, expected) => {
    expect(checksumOf(bytes)).toBe(expected)
    expect(
      checksumOf(Buffer.concat([Buffer.from('before'), bytes, Buffer.from('behind')]).subarray(6, 6 + bytes.length)),
    ).toBe(expected)
  })
})
