import avro from 'avsc'
import fc from 'fast-check'
import { avroType } from '../../schemas/avro-type.ts'
import { readText } from '../../schemas/quick-strings.ts'

const ours = avroType('string')
const usual = avro.Type.forSchema('string')
const text = fc.oneof(
  fc.string({ maxLength: 70 }),
  fc.string({ unit: 'grapheme', maxLength: 70 }),
  fc.integer({ min: 0, max: 9_000 }).map((length) => 'x'.repeat(length)),
  fc.integer({ min: 0, max: 9_000 }).map((length) => `${'x'.repeat(length)}é`),
)

test('strings are written byte for byte as by the usual codec, and read back', () => {
  fc.assert(
    fc.property(text, (value) => {
      const bytes = ours.toBuffer(value)
      expect(bytes.equals(usual.toBuffer(value))).toBe(true)
      expect(ours.fromBuffer(bytes)).toBe(value)
    }),
  )
})

test('a buffer that is too short is told how much is missing, as by the usual codec', () => {
  fc.assert(
    fc.property(text, fc.nat(80), (value, length) => {
      const position = ours.encode(value, Buffer.alloc(length), 0)
      expect(position).toBe(usual.encode(value, Buffer.alloc(length), 0))
    }),
  )
})

test('bytes that are no ASCII, or that are cut short, read as by the usual codec', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (content) => {
      const bytes = Buffer.from(content)
      expect(outcome(() => ours.decode(bytes, 0))).toEqual(outcome(() => usual.decode(bytes, 0)))
    }),
  )
})

test('text among other bytes is what it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (value) => {
      const bytes = Buffer.from(`<${value}>`)
      expect(readText(bytes, 1, bytes.length - 1)).toBe(Buffer.from(value).toString())
    }),
  )
})

function outcome(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return (error as Error).message
  }
}
