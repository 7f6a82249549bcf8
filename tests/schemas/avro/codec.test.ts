import fc from 'fast-check'
import { transactions, type Transaction } from '../../../schemas/customers/banking.ts'
import { codecOf } from '../../../schemas/avro/codec.ts'
import { profiles, type Profile } from '../../../schemas/customers/profiles.ts'
import { EventError, eventErrorCodes, type EventErrorCode } from '../../../schemas/event-error.ts'
import { releases, type Release } from '../../../schemas/models/releases.ts'
import { thresholds } from '../../../schemas/loans/thresholds.ts'
import { createRegistry, releasedRegistry } from '../../../schemas/release/registry.ts'
import {
  array,
  bytes,
  double,
  event,
  int,
  long,
  map,
  nullable,
  record,
  string,
  type TypeOf,
} from '../../../schemas/avro/schema.ts'
import { scores } from '../../../schemas/models/scores.ts'
import { topic } from '../../../schemas/topic.ts'
import { topics } from '../../../subjects/subjects.ts'
import { visits } from '../../../schemas/visits/visits.ts'
import { arbitraryValue } from '../arbitrary-value.ts'

const FRAME_BYTES = 5

const transaction: Transaction = {
  id: 't-1',
  occurredAt: Date.UTC(2026, 0, 31),
  source: 'core-banking',
  customerId: '客户-1',
  accountId: 'a-1',
  amountMinor: -12_34,
  balanceMinor: null,
  currency: 'CNY',
  kind: 'card',
  category: '餐饮',
  counterparty: null,
  channel: null,
}

function codeOf(action: () => unknown): EventErrorCode {
  try {
    action()
  } catch (error) {
    if (error instanceof EventError) return error.code
    throw error
  }
  throw new Error('It was taken.')
}

/** Creates a topic of one record, in its own registry. */
function alone<T>(schema: ReturnType<typeof record<never>> & { type?: T }) {
  const own = topic<T>({
    name: 'own',
    schema: schema as never,
    key: 'k',
    keyOf: () => 'k',
    retention: 'compacted',
    role: 'input',
    producer: '',
  })
  return { own, registry: createRegistry([{ id: 900, subject: 'own-value', version: 1, schema: schema.avro }]) }
}

/** Returns a frame with that id and this payload. */
function framed(id: number, ...payload: number[]): Buffer {
  const frame = Buffer.alloc(FRAME_BYTES)
  frame.writeInt32BE(id, 1)
  return Buffer.concat([frame, Buffer.from(payload)])
}

describe('the Confluent wire format', () => {
  test('is a zero byte, the id in big endian and Avro binary, byte for byte', () => {
    const bytes = codecOf(thresholds, releasedRegistry).encode({
      id: 'a',
      occurredAt: 1,
      source: '贷',
      task: 'b',
      version: -1,
      value: 0.5,
      changedBy: '',
    })
    const id = releasedRegistry.idOf(thresholds)
    expect([...bytes]).toEqual(
      [
        [0, 0, 0, 0, id],
        [2, 0x61],
        [2],
        [6, 0xe8, 0xb4, 0xb7],
        [2, 0x62],
        [1],
        [0, 0, 0, 0, 0, 0, 0xe0, 0x3f],
        [0],
      ].flat(),
    )
  })

  test.each(topics.map((topic) => [topic.name, topic] as const))('of %s restores every value', (_, topic) => {
    const codec = codecOf(topic, releasedRegistry)
    fc.assert(
      fc.property(arbitraryValue(topic.schema), fc.nat(20), fc.nat(20), (value, before, behind) => {
        const bytes = codec.encode(value)
        const within = Buffer.concat([Buffer.alloc(before, 0xff), bytes, Buffer.alloc(behind, 0xff)])
        expect(codec.decode(within, before, before + bytes.length)).toEqual(value)
      }),
      { numRuns: 40 },
    )
  })

  test('is written in place if there is room, and otherwise returns the missing size', () => {
    const codec = codecOf(transactions, releasedRegistry)
    const bytes = codec.encode(transaction)
    const roomy = Buffer.alloc(bytes.length + 20)
    expect(codec.encodeInto(transaction, roomy, 10)).toBe(10 + bytes.length)
    expect(roomy.subarray(10, 10 + bytes.length)).toEqual(bytes)
    expect(codec.encodeInto(transaction, Buffer.alloc(bytes.length - 7), 0)).toBe(-7)
  })

  test('holds values that are larger than any buffer so far', () => {
    const codec = codecOf(releases, releasedRegistry)
    const release = (size: number): Release => ({
      id: 'r',
      occurredAt: 0,
      source: 'retrainer',
      task: 'conversion',
      modelId: 'm',
      algorithm: 'logistic-regression',
      featureSet: 'visits@1',
      artefact: Buffer.alloc(size, 7),
      metrics: { auc: 0.9 },
      reason: '',
      replaces: null,
      trials: [],
    })
    for (const size of [3, 100_000, 5_000_000, 10]) {
      const { artefact, ...rest } = codec.decode(codec.encode(release(size)))
      expect(artefact.equals(release(size).artefact)).toBe(true)
      expect(rest).toMatchObject({ task: 'conversion', metrics: { auc: 0.9 }, replaces: null, trials: [] })
    }
  })

  test('returns values that own their memory', () => {
    const codec = codecOf(releases, releasedRegistry)
    const bytes = codec.encode({
      ...transaction,
      task: 't',
      modelId: 'm',
      algorithm: '',
      featureSet: '',
      artefact: Buffer.from('{}'),
      metrics: {},
      reason: '',
      replaces: null,
      trials: [],
    })
    const release = codec.decode(bytes)
    bytes.fill(0)
    expect(release.artefact.toString()).toBe('{}')
  })

  test('is created once per topic and registry', () => {
    expect(codecOf(visits, releasedRegistry)).toBe(codecOf(visits, releasedRegistry))
  })
})

describe('numbers', () => {
  const codec = codecOf(transactions, releasedRegistry)
  const largest = Number.MAX_SAFE_INTEGER

  test.each([largest, -largest, -(2 ** 52) - 1, 2 ** 31, -(2 ** 31) - 1, 0])('%i is a long', (amountMinor) => {
    expect(codec.decode(codec.encode({ ...transaction, amountMinor })).amountMinor).toBe(amountMinor)
  })

  test.each([largest + 1, -largest - 1, 2 ** 60, 0.5, NaN, Infinity])('%d is no long', (amountMinor) => {
    expect(() => codec.encode({ ...transaction, amountMinor })).toThrow(/transactions\.amountMinor is /)
    expect(codeOf(() => codec.encode({ ...transaction, amountMinor }))).toBe('INVALID')
  })

  test('that other languages can write and JavaScript can’t hold exactly are refused, not rounded', () => {
    const { own, registry } = alone(record('Own', '', { n: long }))
    const decode = (...payload: number[]) => codecOf(own, registry).decode(framed(900, ...payload))
    // Zigzag varints.
    expect(decode(0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f)).toEqual({ n: 2 ** 53 - 1 })
    expect(decode(0xfd, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f)).toEqual({ n: -(2 ** 53) + 1 })
    // -(2^53), 2^53, 2^53 + 1 and 2^63 - 1.
    for (const bytes of [
      [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f],
      [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20],
      [0x82, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20],
      [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
    ])
      expect(codeOf(() => decode(...bytes))).toBe('UNDECODABLE')
  })

  test('of an int stay within 32 bits', () => {
    const { own, registry } = alone(record('Own', '', { n: int }))
    const decode = (...payload: number[]) => codecOf(own, registry).decode(framed(900, ...payload))
    expect(decode(0xfe, 0xff, 0xff, 0xff, 0x0f)).toEqual({ n: 2 ** 31 - 1 })
    expect(codeOf(() => decode(0x80, 0x80, 0x80, 0x80, 0x10))).toBe('UNDECODABLE')
  })
})

describe('a value that does not fit', () => {
  test('is refused with the name of each field', () => {
    const wrong = { ...transaction, kind: 'gift', currency: null, category: 5 } as unknown as Transaction
    expect(() => codecOf(transactions, releasedRegistry).encode(wrong)).toThrow(
      'transactions.currency is null; transactions.kind is "gift"; transactions.category is 5.',
    )
  })

  test('within a list too, and it leaves no trace in the next one', () => {
    const codec = codecOf(scores, releasedRegistry)
    const score = arbitraryScore()
    expect(() => codec.encode({ ...score, row: [1, undefined as never] })).toThrow(/scores\.row\.1 is undefined/)
    expect(codec.decode(codec.encode(score))).toEqual(score)
  })

  function arbitraryScore() {
    const [score] = fc.sample(arbitraryValue(scores.schema), { numRuns: 1, seed: 1 })
    return score as TypeOf<typeof scores.schema>
  }
})

describe('bad bytes', () => {
  const codec = codecOf(transactions, releasedRegistry)
  const good = codec.encode(transaction)
  const withId = (id: number) => {
    const bytes = Buffer.from(good)
    bytes.writeInt32BE(id, 1)
    return bytes
  }

  test.each<[string, EventErrorCode, Buffer]>([
    ['nothing', 'EMPTY', Buffer.alloc(0)],
    ['another magic byte', 'NOT_FRAMED', Buffer.concat([Buffer.from([1]), good.subarray(1)])],
    ['JSON', 'NOT_FRAMED', Buffer.from('{"id":"t-1"}')],
    ['half a frame', 'NOT_FRAMED', good.subarray(0, 4)],
    ['an unknown id', 'UNKNOWN_SCHEMA', withId(123_456)],
    ['a negative id', 'UNKNOWN_SCHEMA', withId(-1)],
    ['the schema of another topic', 'INCOMPATIBLE_SCHEMA', withId(releasedRegistry.idOf(visits))],
    ['a frame alone', 'UNDECODABLE', good.subarray(0, FRAME_BYTES)],
    ['a value cut short', 'UNDECODABLE', good.subarray(0, -1)],
    ['bytes behind the value', 'UNDECODABLE', Buffer.concat([good, Buffer.from([0])])],
  ])('%s: %s', (_, code, bytes) => {
    expect(codeOf(() => codec.decode(bytes))).toBe(code)
  })

  test('name the problem', () => {
    expect(() => codec.decode(Buffer.from('{"id"'))).toThrow('It begins with 7b22696422.')
    expect(() => codec.decode(withId(7_777))).toThrow('It names id 7777 in transactions.')
    expect(() => codec.decode(good.subarray(0, -1))).toThrow(
      /As transactions with schema id \d+: the value is cut short\./,
    )
    expect(() => codec.decode(Buffer.concat([good, good]))).toThrow(`${good.length} bytes are left over.`)
  })

  test('never let a value reach beyond its own bytes', () => {
    const two = Buffer.concat([good, good])
    expect(codeOf(() => codec.decode(two, 0, good.length - 1))).toBe('UNDECODABLE')
    expect(codec.decode(two, good.length, two.length)).toEqual(transaction)
  })

  test.each(topics.map((topic) => [topic.name, topic] as const))(
    'of %s are refused wherever they are cut',
    (_, topic) => {
      const codec = codecOf(topic, releasedRegistry)
      fc.assert(
        fc.property(arbitraryValue(topic.schema), fc.nat(), (value, cut) => {
          const bytes = codec.encode(value)
          expect(['EMPTY', 'NOT_FRAMED', 'UNDECODABLE']).toContain(
            codeOf(() => codec.decode(bytes, 0, cut % bytes.length)),
          )
        }),
        { numRuns: 20 },
      )
    },
  )

  test.each(topics.map((topic) => [topic.name, topic] as const))(
    'of %s give an EventError or a value, whatever they are',
    (_, topic) => {
      const codec = codecOf(topic, releasedRegistry)
      const frame = framed(releasedRegistry.idOf(topic))
      const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 })
      const changed = fc.tuple(arbitraryValue(topic.schema), changes).map(([value, changes]) => {
        const bytes = codec.encode(value)
        for (const [at, byte] of changes) bytes[FRAME_BYTES + (at % (bytes.length - FRAME_BYTES))] = byte
        return bytes
      })
      const random = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.concat([frame, bytes]))
      fc.assert(
        fc.property(fc.oneof(changed, random), (bytes) => {
          let value: unknown
          try {
            value = codec.decode(bytes)
          } catch (error) {
            expect(error).toBeInstanceOf(EventError)
            expect(Object.keys(eventErrorCodes)).toContain((error as EventError).code)
            return
          }
          expect(codec.decode(codec.encode(value))).toEqual(value)
        }),
        { numRuns: 60 },
      )
    },
  )

  describe('with counts that lie', () => {
    const Own = record('Own', '', { a: array(double), m: map(string), b: nullable(bytes) })
    const { own, registry } = alone(Own as never)
    // The same record without the first fields, which are skipped instead of read.
    const Less = record('Own', '', { b: nullable(bytes) })
    const less = { ...own, schema: Less } as typeof own
    const both = createRegistry([...registry.all, { id: 901, subject: 'own-value', version: 2, schema: Less.avro }])

    test.each([
      ['2^31 items in nothing', [0xfe, 0xff, 0xff, 0xff, 0x1f]],
      ['2^62 items', [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]],
      ['minus 2^63 items', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 0]],
      ['a block that leads back to its own beginning', [0x01, 0x05, 0x01, 0x05]],
      ['2^31 keys', [0, 0xfe, 0xff, 0xff, 0xff, 0x1f]],
      ['a text of 2^31 bytes', [0, 2, 0xfe, 0xff, 0xff, 0xff, 0x1f]],
      ['a text of less than no bytes', [0, 2, 0x03, 0]],
      ['bytes of 2^31', [0, 0, 2, 0xfe, 0xff, 0xff, 0xff, 0x1f]],
    ])('%s', (_, payload) => {
      expect(codeOf(() => codecOf(own, registry).decode(framed(900, ...payload)))).toBe('UNDECODABLE')
      expect(codeOf(() => codecOf(less, both).decode(framed(900, ...payload)))).toBe('UNDECODABLE')
    })

    test('are no reason to refuse the block sizes that other writers give', () => {
      const one = [...Buffer.from(new Float64Array([1.5]).buffer)]
      // Two blocks: minus one item and its 8 bytes, then one item without a size; then a block with one key and its
      // size.
      const payload = [0x01, 0x10, ...one, 0x02, ...one, 0, 0x01, 0x08, 2, 0x6b, 2, 0x76, 0, 0]
      expect(codecOf(own, registry).decode(framed(900, ...payload))).toEqual({ a: [1.5, 1.5], m: { k: 'v' }, b: null })
      expect(codecOf(less, both).decode(framed(900, ...payload))).toEqual({ b: null })
    })
  })

  test('can’t change the prototype of a map', () => {
    const codec = codecOf(profiles, releasedRegistry)
    const [profile] = fc.sample(arbitraryValue(profiles.schema), { numRuns: 1, seed: 7 }) as [Profile]
    const attributes = JSON.parse('{"__proto__":"x","constructor":"y"}') as Record<string, string>
    const decoded = codec.decode(codec.encode({ ...profile, attributes })).attributes
    expect(Object.getPrototypeOf(Object.getPrototypeOf(decoded))).toBeNull()
    expect(Object.entries(decoded)).toEqual(Object.entries(attributes))
  })
})

describe('events of other versions', () => {
  const First = event('Thing', '', { a: string })
  const Second = event('Thing', '', { a: string, b: nullable(string) })
  const things = (schema: unknown) =>
    topic({
      name: 'things',
      schema,
      key: 'a',
      keyOf: () => '',
      retention: 'compacted',
      role: 'input',
      producer: '',
    } as never)
  const registry = createRegistry([
    { id: 1, subject: 'things-value', version: 1, schema: First.avro },
    { id: 2, subject: 'things-value', version: 2, schema: Second.avro },
    { id: 3, subject: 'things-value', version: 3, schema: event('Thing', '', { a: int }).avro },
  ])
  const envelope = { id: 'i', occurredAt: 5, source: 's' }

  test('are read as the current one, with its defaults', () => {
    const old = codecOf(things(First), registry).encode({ ...envelope, a: 'x' })
    expect(codecOf(things(Second), registry).decode(old)).toEqual({ ...envelope, a: 'x', b: null })
  })

  test('that are newer lose the fields that the reader does not know', () => {
    const newer = codecOf(things(Second), registry).encode({ ...envelope, a: 'x', b: 'y' })
    expect(codecOf(things(First), registry).decode(newer)).toEqual({ ...envelope, a: 'x' })
  })

  test('that can’t be read as the current one are refused with the reason', () => {
    const codec = codecOf(things(First), registry)
    const bytes = codec.encode({ ...envelope, a: 'x' })
    bytes.writeInt32BE(3, 1)
    expect(codeOf(() => codec.decode(bytes))).toBe('INCOMPATIBLE_SCHEMA')
    expect(() => codec.decode(bytes)).toThrow(/Id 3 is things-value version 3: cannot read "int" as "string"/)
  })

  test('are never written under an id that is not theirs', () => {
    const changed = things(event('Thing', '', { a: string, c: nullable(string) }))
    expect(() => codecOf(changed, registry)).toThrow(
      'The current schema of things is no version of things-value: run `node generators/release-schemas.ts`.',
    )
  })
})
