import { isUtf8 } from 'node:buffer'
import avro from 'avsc'
import fc from 'fast-check'
import { avroType } from '../../../schemas/avro/avro-type.ts'
import { NotUtf8Error, readText } from '../../../schemas/avro/quick-strings.ts'

const ours = avroType('string')
const maps = avroType({ type: 'map', values: 'int' })
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

test('for a buffer that is too short the missing size is returned, as by the usual codec', () => {
  fc.assert(
    fc.property(text, fc.nat(80), (value, length) => {
      const position = ours.encode(value, Buffer.alloc(length), 0)
      expect(position).toBe(usual.encode(value, Buffer.alloc(length), 0))
    }),
  )
})

test('bytes that are UTF-8, or that are cut short, read as by the usual codec; all others are refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.boolean(), (content, framed) => {
      const bytes = framed ? Buffer.from([2 * content.length, ...content]) : Buffer.from(content)
      const expected = usual.decode(bytes, 0)
      if (expected.offset < 0) return expect(ours.decode(bytes, 0).offset).toBe(expected.offset)
      const start = avro.Type.forSchema('long').decode(bytes, 0).offset
      if (isUtf8(bytes.subarray(start, expected.offset))) expect(ours.decode(bytes, 0)).toEqual(expected)
      else expect(() => ours.decode(bytes, 0)).toThrow(NotUtf8Error)
    }),
    // A length beyond the range of a number, which random bytes rarely produce.
    { examples: [[new Uint8Array(9).fill(0xff, 0, 8).fill(0x7f, 8), false]] },
  )
})

const foreign = [
  ['GBK', Buffer.from('d5c5c8fd', 'hex')],
  ['Latin-1', Buffer.from('Müller', 'latin1')],
  ['UTF-16', Buffer.from('客户', 'utf16le')],
  ['half a surrogate pair', Buffer.from('eda080', 'hex')],
  ['a longer form than there need be', Buffer.from('c0af', 'hex')],
  ['a character that is cut short', Buffer.from('e5aea2e688', 'hex')],
] as const

test.each(foreign)(
  '%s is no text, whether short or long, as a string, as a key of a map or as a key of a record',
  (_, wrong) => {
    for (const bytes of [wrong, Buffer.concat([Buffer.from('a'.repeat(80)), wrong])]) {
      const string = Buffer.concat([length(bytes), bytes])
      expect(() => ours.decode(string, 0)).toThrow(NotUtf8Error)
      expect(() => maps.decode(Buffer.concat([Buffer.from([2]), string, Buffer.from([0, 0])]), 0)).toThrow(NotUtf8Error)
      expect(() => readText(bytes, 0, bytes.length)).toThrow(NotUtf8Error)
    }
  },
)

test('the replacement character itself is a character as any other', () => {
  for (const text of ['\ufffd', `客户${'\ufffd'.repeat(60)}`]) expect(ours.fromBuffer(ours.toBuffer(text))).toBe(text)
})

test('half a surrogate pair is written as the replacement character, so that the result can be read', () => {
  for (const text of ['a\ud800', `${'x'.repeat(80)}\udc00`, `${'x'.repeat(9_000)}\ud800`]) {
    expect(ours.fromBuffer(ours.toBuffer(text))).toBe(text.toWellFormed())
    expect(maps.fromBuffer(maps.toBuffer({ [text]: 1 }))).toEqual({ [text.toWellFormed()]: 1 })
  }
})

function length(bytes: Buffer): Buffer {
  const { length } = bytes
  return Buffer.from(length < 64 ? [2 * length] : [((2 * length) & 0x7f) | 0x80, length >>> 6])
}

test('text among other bytes is restored', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (value) => {
      const bytes = Buffer.from(`<${value}>`)
      expect(readText(bytes, 1, bytes.length - 1)).toBe(Buffer.from(value).toString())
    }),
  )
})
