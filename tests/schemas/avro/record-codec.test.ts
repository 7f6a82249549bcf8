import fc from 'fast-check'
import { EventError } from '../../../schemas/event-error.ts'
import { withoutSchemaId, commonFields, recordCodec, recordIdOf } from '../../../schemas/avro/record-codec.ts'
import { array, double, nullable, record, string, withDefault, type TypeOf } from '../../../schemas/avro/schema.ts'
import { arbitraryValue } from '../arbitrary-value.ts'

const Row = record('Row', '', { name: string, values: array(double), note: nullable(string) })
const Older = record('Row', '', { name: string, gone: withDefault(string, 'x') })
const Newer = record('Row', '', { name: string, values: array(double), note: nullable(string), more: nullable(string) })
const codec = recordCodec(Row, 1, new Map())

test('state records are restored, and their values own their memory', () => {
  fc.assert(
    fc.property(arbitraryValue(Row), fc.constantFrom(0, 1, 127, 128, 300, 0x7fff), (row, id) => {
      const codec = recordCodec(Row, id, new Map())
      const bytes = codec.encode(row as TypeOf<typeof Row>)
      expect(recordIdOf(bytes)).toBe(id)
      const decoded = codec.decode(bytes)
      bytes.fill(0xff)
      expect(decoded).toEqual(row)
    }),
  )
})

test('records of state begin with the id of their schema', () => {
  expect([...codec.encode({ name: 'a', values: [], note: null })]).toEqual([1, 2, 0x61, 0, 0])
  expect(() => codec.decode(Buffer.from([9, 2, 0x61, 0, 0]))).toThrow(
    'A Row begins with 09, and the state names no schema 9 of such records.',
  )
  expect(() => codec.decode(Buffer.alloc(0))).toThrow('A Row begins with nothing')
})

test('state records of older and newer writers are read side by side: missing fields have defaults, unknown ones are left out', () => {
  const both = recordCodec(
    Row,
    200,
    new Map<number, unknown>([
      [3, Older.avro],
      [4, Newer.avro],
    ]),
  )
  const older = recordCodec(Older, 3, new Map())
  const newer = recordCodec(Newer, 4, new Map())
  expect(both.decode(older.encode({ name: 'a', gone: 'b' }))).toEqual({ name: 'a', values: [], note: null })
  expect(both.decode(newer.encode({ name: 'a', values: [1], note: 'n', more: 'm' }))).toEqual({
    name: 'a',
    values: [1],
    note: 'n',
  })
  expect(both.decode(both.encode({ name: 'a', values: [2], note: null }))).toEqual({
    name: 'a',
    values: [2],
    note: null,
  })
})

test('a writer whose state records can’t be read is refused before there are any', () => {
  expect(() => recordCodec(Row, 1, new Map([[2, record('Row', '', { values: array(double) }).avro]]))).toThrow(/name/)
})

test('records of state that are damaged are no bad events: only the engine writes them', () => {
  const damaged = codec.encode({ name: 'a', values: [1], note: null }).subarray(0, -2)
  expect(() => codec.decode(damaged)).toThrow('A Row can’t be read: ')
  expect(() => codec.decode(damaged)).not.toThrow(EventError)
})

test('records of state are brought to what both writers knew', () => {
  const { ofReader, ofWriter } = commonFields(Row, Older.avro)
  const row = (name: string, note: string) => withoutSchemaId(codec.encode({ name, values: [1], note }))
  const older = (name: string) => withoutSchemaId(recordCodec(Older, 3, new Map()).encode({ name, gone: 'b' }))
  expect(ofReader(row('a', 'n'))).toEqual(ofWriter(older('a')))
  expect(ofReader(row('a', 'n'))).not.toEqual(ofWriter(older('b')))
})
