import fc from 'fast-check'
import type { Fetcher, RecordBatch } from '../../../kafka/client.ts'
import { createInputSlices } from '../../../streams/input/input-slices.ts'

const PARTITION = 3
const NO_LIMIT = { recordsMax: 1_000, bytesMax: 1 << 20 }

interface Given {
  readonly offset: number
  readonly timestamp: number
}

function batchOf(topic: string, records: readonly Given[]): RecordBatch {
  const zeros = Int32Array.from(records, () => 0)
  return {
    topic,
    partition: PARTITION,
    producerId: -1,
    producerEpoch: -1,
    bytes: Buffer.alloc(0),
    count: records.length,
    offsets: Float64Array.from(records, ({ offset }) => offset),
    timestamps: Float64Array.from(records, ({ timestamp }) => timestamp),
    keyStarts: zeros,
    keyLengths: Int32Array.from(records, () => 5),
    valueStarts: zeros,
    valueLengths: Int32Array.from(records, () => 100),
    headerStarts: zeros,
  }
}

/**
 * Batches that have arrived, and how far the broker has reported each topic: `end` may be after the last record,
 * because of control records.
 */
function fetcherOf(
  topics: ReadonlyMap<string, { readonly batches: RecordBatch[]; readonly end: number | undefined }>,
): Fetcher {
  const positions = new Map<string, number>()
  const unused = () => {
    throw new Error('Must not be called.')
  }
  return {
    lastResponseAt: unused,
    failing: unused,
    assign: unused,
    unassign: unused,
    pause: unused,
    resume: unused,
    assigned: unused,
    wait: unused,
    close: unused,
    peek: (topic) => topics.get(topic)!.batches[0],
    take(topic) {
      const { batches, end } = topics.get(topic)!
      const batch = batches.shift()
      if (batch !== undefined) positions.set(topic, batch.offsets[batch.count - 1]! + 1)
      if (batches.length === 0 && end !== undefined) positions.set(topic, Math.max(end, positions.get(topic) ?? 0))
      return batch
    },
    position: (topic) => positions.get(topic) ?? 0,
    endOffset: (topic) => topics.get(topic)!.end,
  }
}

const recordsOf = (list: readonly (readonly [offset: number, timestamp: number])[]): Given[] =>
  list.map(([offset, timestamp]) => ({ offset, timestamp }))

test('records come oldest first over all inputs, as runs within their batches', () => {
  const a = batchOf(
    'a',
    recordsOf([
      [0, 10],
      [1, 20],
      [2, 60],
    ]),
  )
  const b = batchOf(
    'b',
    recordsOf([
      [5, 15],
      [6, 30],
    ]),
  )
  const slices = createInputSlices(
    fetcherOf(
      new Map([
        ['a', { batches: [a], end: 3 }],
        ['b', { batches: [b], end: 7 }],
      ]),
    ),
    ['a', 'b'],
    PARTITION,
    [0, 5],
  )
  const taken = slices.poll(NO_LIMIT)
  const offsets = taken.runs.flatMap(({ input, batch, from, to }) =>
    [...batch.offsets.subarray(from, to)].map((offset) => `${input}/${offset}`),
  )
  expect(offsets).toEqual(['0/0', '1/5', '0/1', '1/6', '0/2'])
  expect(taken).toMatchObject({ count: 5, full: false })
  expect(slices.positions()).toEqual([
    { topic: 'a', offset: 3 },
    { topic: 'b', offset: 7 },
  ])
  expect(slices.lag()).toBe(0)
})

test('control records after the last record are passed too, and nothing is taken twice', () => {
  const slices = createInputSlices(
    fetcherOf(new Map([['a', { batches: [batchOf('a', recordsOf([[0, 1]]))], end: 4 }]])),
    ['a'],
    PARTITION,
    [0],
  )
  expect(slices.poll(NO_LIMIT).slices).toEqual([{ topic: 'a', from: 0, to: 1 }])
  expect(slices.positions()).toEqual([{ topic: 'a', offset: 4 }])
  expect(slices.poll(NO_LIMIT)).toEqual({ runs: [], count: 0, slices: [], full: false })
})

test('waiting records are as old as the oldest one that is left, of any input', () => {
  const batches = new Map([
    [
      'a',
      {
        batches: [
          batchOf(
            'a',
            recordsOf([
              [0, 30],
              [1, 40],
            ]),
          ),
        ],
        end: 2,
      },
    ],
    ['b', { batches: [batchOf('b', recordsOf([[0, 20]]))], end: 1 }],
  ])
  const slices = createInputSlices(fetcherOf(batches), ['a', 'b'], PARTITION, [0, 0])
  const since = [slices.waitingSince()]
  for (let left = 3; left > 0; left--) {
    slices.poll({ recordsMax: 1, bytesMax: Number.POSITIVE_INFINITY })
    since.push(slices.waitingSince())
  }
  expect(since).toEqual([20, 30, 40, undefined])
})

test('the lag counts waiting records of all inputs, and is unknown before each was fetched', () => {
  const waiting = (end: number | undefined) =>
    createInputSlices(
      fetcherOf(
        new Map([
          ['a', { batches: [], end: 7 }],
          ['b', { batches: [], end }],
        ]),
      ),
      ['a', 'b'],
      PARTITION,
      [0, 3],
    )
  expect(waiting(undefined).lag()).toBeUndefined()
  const slices = createInputSlices(
    fetcherOf(
      new Map([
        [
          'a',
          {
            batches: [
              batchOf(
                'a',
                recordsOf([
                  [2, 1],
                  [3, 2],
                ]),
              ),
            ],
            end: 4,
          },
        ],
      ]),
    ),
    ['a'],
    PARTITION,
    [2],
  )
  expect(slices.lag()).toBe(2)
  slices.poll({ ...NO_LIMIT, recordsMax: 1 })
  expect(slices.lag()).toBe(1)
})

test('with no room for bytes, records still come one at a time', () => {
  const batch = batchOf(
    'a',
    recordsOf([
      [0, 1],
      [1, 1],
      [2, 1],
    ]),
  )
  const slices = createInputSlices(fetcherOf(new Map([['a', { batches: [batch], end: 3 }]])), ['a'], PARTITION, [0])
  const counts = [1, 2, 3].map(() => slices.poll({ recordsMax: 1_000, bytesMax: 1 }))
  expect(counts.map(({ count, full }) => [count, full])).toEqual([
    [1, true],
    [1, true],
    [1, false],
  ])
})

/** Generates, per input, batches of records with rising offsets, gaps between them, and any times. */
const input = fc.array(
  fc.array(fc.record({ hole: fc.nat(2), timestamp: fc.nat(50) }), { minLength: 1, maxLength: 6 }),
  {
    maxLength: 4,
  },
)

test('for any input: every record once, in its input’s order, oldest head first, in slices without a gap', () => {
  fc.assert(
    fc.property(
      fc.array(input, { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 7 }),
      (inputs, recordsMax) => {
        const names = inputs.map((_, index) => `topic-${index}`)
        const given = inputs.map((batches) => {
          let next = 0
          return batches.map((records) =>
            records.map(({ hole, timestamp }) => {
              const offset = next + hole
              next = offset + 1
              return { offset, timestamp }
            }),
          )
        })
        const left = given.map((batches) => batches.flat())
        const total = left.flat().length
        const topics = new Map(
          given.map((batches, index) => [
            names[index]!,
            {
              batches: batches.map((records) => batchOf(names[index]!, records)),
              end: (batches.flat().at(-1)?.offset ?? -1) + 1,
            },
          ]),
        )
        const slices = createInputSlices(
          fetcherOf(topics),
          names,
          PARTITION,
          names.map(() => 0),
        )
        const reached = names.map(() => 0)
        let count = 0
        while (count < total) {
          const taken = slices.poll({ recordsMax, bytesMax: 1 << 20 })
          expect(taken.count).toBeGreaterThan(0)
          expect(taken.count).toBeLessThanOrEqual(recordsMax)
          for (const { input: at, batch, from, to } of taken.runs) {
            for (let index = from; index < to; index++) {
              const record = left[at]!.shift()!
              expect(batch.offsets[index]).toBe(record.offset)
              for (const other of left.filter((_, position) => position !== at))
                expect(record.timestamp).toBeLessThanOrEqual(other[0]?.timestamp ?? Number.POSITIVE_INFINITY)
            }
          }
          for (const { topic, from, to } of taken.slices) {
            const at = names.indexOf(topic)
            expect(from).toBe(reached[at])
            reached[at] = to
          }
          count += taken.count
          expect(taken.full).toBe(count < total)
        }
        expect(slices.poll({ recordsMax, bytesMax: 1 << 20 }).count).toBe(0)
        expect(slices.positions().map(({ offset }) => offset)).toEqual(
          given.map((batches) => (batches.flat().at(-1)?.offset ?? -1) + 1),
        )
      },
    ),
  )
})
