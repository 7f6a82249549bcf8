import fc from 'fast-check'
import {
  buildSegment,
  DamagedArchiveError,
  formatSegmentManifest,
  manifestName,
  openSegment,
  parseManifestName,
  parseSegmentManifest,
  recordsName,
} from '../../../composition/archive/segment.ts'

const content = {
  ...{ topic: 'bank.visits', topicId: 'a-b', partition: 3, start: 17, end: 2 ** 52, records: 2 },
  ...{ firstAt: 5, lastAt: 9, takenAt: 10, sinceAt: 7, passEnd: 2 ** 52, thinned: false },
}
const frames = fc
  .array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 })
  .map((list) => list.map((one) => Buffer.from(one)))
const WHERE = '/archive/segment.zst'

test('any frames come back, and the manifest comes back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(frames, async (written) => {
      const { manifest, bytes } = await buildSegment(content, written)
      expect(await openSegment(manifest, bytes, WHERE)).toEqual(written)
      expect(parseSegmentManifest(formatSegmentManifest(manifest), WHERE)).toEqual(manifest)
    }),
    { numRuns: 50 },
  )
})

test('a flipped bit or a missing end, wherever it is, is an error that names the file', async () => {
  const { manifest, bytes } = await buildSegment(content, [Buffer.from('abc'), Buffer.from('de')])
  const expectDamaged = async (changed: Buffer, open: (bytes: Buffer) => unknown) => {
    await expect((async () => open(changed))()).rejects.toThrow(DamagedArchiveError)
    await expect((async () => open(changed))()).rejects.toThrow(`${WHERE} is damaged`)
  }
  const opens = [
    [bytes, (changed: Buffer) => openSegment(manifest, changed, WHERE)],
    [formatSegmentManifest(manifest), (changed: Buffer) => parseSegmentManifest(changed, WHERE)],
  ] as const
  for (const [whole, open] of opens) {
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length * 8 - 1), fc.nat(whole.length - 1), async (bit, length) => {
        const flipped = Buffer.from(whole)
        flipped[bit >> 3]! ^= 1 << (bit & 7)
        await expectDamaged(flipped, open)
        await expectDamaged(whole.subarray(0, length), open)
      }),
      { numRuns: 100 },
    )
  }
})

test('names say what a segment holds, sort like offsets, and change with the bytes', async () => {
  const one = (await buildSegment(content, [Buffer.from('abc')])).manifest
  const other = (await buildSegment(content, [Buffer.from('abd')])).manifest
  const { topic, topicId, partition, start, end } = content
  expect(parseManifestName(manifestName(one))).toEqual({ topic, topicId, partition, start, end })
  expect(parseManifestName(recordsName(one))).toBeUndefined()
  expect(manifestName(one)).toBe(manifestName(other))
  expect(recordsName(one)).not.toBe(recordsName(other))
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (a, b) => {
      const names = [a, b].map((offset) => manifestName({ ...content, start: offset }))
      expect(names[0]! < names[1]!).toBe(a < b)
    }),
  )
})
