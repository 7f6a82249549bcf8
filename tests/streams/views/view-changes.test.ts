import fc from 'fast-check'
import type { RecordBatch } from '../../../kafka/client.ts'
import { collectChanges, VIEW_KEY_BYTES_MAX, type ViewChanges } from '../../../streams/views/view-changes.ts'

type Entry = readonly [key: string | null, value: string | null]

function batchOf(entries: readonly Entry[]): RecordBatch {
  const parts: Buffer[] = []
  let length = 0
  const place = (text: string | null) => {
    const start = length
    if (text === null) return [start, -1] as const
    const bytes = Buffer.from(text)
    parts.push(bytes)
    length += bytes.length
    return [start, bytes.length] as const
  }
  const keys = entries.map(([key, value]) => [place(key), place(value)] as const)
  return {
    topic: 't',
    partition: 0,
    count: entries.length,
    offsets: Float64Array.from(entries.keys()),
    keyStarts: Int32Array.from(keys, ([[start]]) => start),
    keyLengths: Int32Array.from(keys, ([[, bytes]]) => bytes),
    valueStarts: Int32Array.from(keys, ([, [start]]) => start),
    valueLengths: Int32Array.from(keys, ([, [, bytes]]) => bytes),
    bytes: Buffer.concat(parts),
  } as unknown as RecordBatch
}

const told = (changes: ViewChanges) =>
  new Map([...changes.values()].map(({ key, value }) => [key.toString(), value?.toString() ?? null]))

test('of each key the last value counts, however the records are cut into batches; a tombstone deletes', () => {
  const entry = fc.tuple(
    fc.constantFrom('a', 'b', 'ä', '客户', ''),
    fc.option(fc.constantFrom('1', '2', 'x'), { nil: null }),
  )
  fc.assert(
    fc.property(fc.array(fc.array(entry, { maxLength: 8 }), { maxLength: 6 }), (batches) => {
      const changes: ViewChanges = new Map()
      for (const batch of batches) expect(collectChanges(changes, batchOf(batch), () => true)).toBe(0)
      expect(told(changes)).toEqual(new Map(batches.flat()))
    }),
  )
})

test('what can’t be understood or looked up changes nothing, and is counted', () => {
  const changes: ViewChanges = new Map()
  const batch = batchOf([
    ['a', 'good'],
    ['a', 'bad'],
    [null, 'good'],
    ['k'.repeat(VIEW_KEY_BYTES_MAX + 1), 'good'],
    ['b', null],
  ])
  expect(collectChanges(changes, batch, (value) => value.toString() !== 'bad')).toBe(3)
  expect(told(changes)).toEqual(
    new Map<string, string | null>([
      ['a', 'good'],
      ['b', null],
    ]),
  )
})
