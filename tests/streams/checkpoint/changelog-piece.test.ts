import fc from 'fast-check'
import type { RecordBatch } from '../../../kafka/client.ts'
import { createChangelogPiece } from '../../../streams/checkpoint/changelog-piece.ts'

type Change = readonly [key: string, value: string | null]

function batchOf(changes: readonly Change[]): RecordBatch {
  const parts: Buffer[] = []
  let at = 0
  const places = changes.map(([key, value]) => {
    const [keyBytes, valueBytes] = [Buffer.from(key), Buffer.from(value ?? '')]
    parts.push(keyBytes, valueBytes)
    const place = [at, keyBytes.length, at + keyBytes.length, value === null ? -1 : valueBytes.length]
    at += keyBytes.length + valueBytes.length
    return place
  })
  const column = (index: number) => Int32Array.from(places, (place) => place[index]!)
  return {
    bytes: Buffer.concat(parts),
    count: changes.length,
    keyStarts: column(0),
    keyLengths: column(1),
    valueStarts: column(2),
    valueLengths: column(3),
  } as unknown as RecordBatch
}

const change = fc.tuple(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }), fc.option(fc.string()))

test('returns the newest record of each key in the order of the store, and is empty then', () => {
  fc.assert(
    fc.property(fc.array(fc.array(change, { minLength: 1 }), { maxLength: 5 }), (batches) => {
      const piece = createChangelogPiece()
      for (const batch of batches) piece.add(batchOf(batch))
      const given = [...piece.slices()].flatMap(({ records }) =>
        [...records].map(([key, value]): Change => [key.toString(), value === null ? null : value.toString()]),
      )
      const newest = [...new Map(batches.flat())].sort(([one], [other]) =>
        Buffer.compare(Buffer.from(one), Buffer.from(other)),
      )
      expect(given).toEqual(newest)
      expect(piece.bytes).toBe(0)
      expect([...piece.slices()].flatMap(({ records }) => [...records])).toEqual([])
    }),
  )
})

test('marks the last of several slices, and an empty piece has one', () => {
  const piece = createChangelogPiece()
  piece.add(batchOf(Array.from({ length: 4_001 }, (_, index) => [`k${index}`, 'v'] as const)))
  const slices = [...piece.slices()].map(({ records, last }) => [[...records].length, last])
  expect(slices).toEqual([
    [2_000, false],
    [2_000, false],
    [1, true],
  ])
  expect([...piece.slices()].map(({ last }) => last)).toEqual([true])
})
