import fc from 'fast-check'
import { murmur2 as peersMurmur2 } from '@platformatic/kafka'
import { murmur2, partitionOfKey } from '../../../kafka/producer/partition-of-key.ts'

describe('partition of a key', () => {
  // Test vectors of Kafka’s own UtilsTest.testMurmur2.
  it.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ])('hashes %s as Java does', (key, hash) => {
    expect(murmur2(Buffer.from(key))).toBe(hash)
  })

  it('equals an independent implementation for any bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        (bytes) => murmur2(bytes) === peersMurmur2(Buffer.from(bytes)),
      ),
    )
  })

  it('assigns a string and its bytes to the same partition, within range', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 64 }), (key, count) => {
        const partition = partitionOfKey(key, count)
        expect(partition).toBe(partitionOfKey(Buffer.from(key), count))
        expect(partition).toBeGreaterThanOrEqual(0)
        expect(partition).toBeLessThan(count)
      }),
    )
  })
})
