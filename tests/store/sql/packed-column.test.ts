import fc from 'fast-check'
import { packColumn, type PackedType } from '../../../store/sql/packed-column.ts'
import { storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()

/** Reads the values of each type as text, without the parsers of the driver. */
async function stored(type: PackedType, values: readonly unknown[]): Promise<unknown[]> {
  const { rows } = await store.database.pool.query<{ shown: unknown }>(
    `select value as shown from unnest($1::${type}[]) with ordinality as batch(value, place) order by place`,
    [packColumn(type, values)],
  )
  return rows.map((row) => row.shown)
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc.string({ maxLength: 30 }),
  fc.constantFrom('', '客', '\ud800', '\0', 'a\0b', '"\\{},null'),
)

test.each<readonly [PackedType, fc.Arbitrary<unknown>, (value: never) => unknown]>([
  ['text', text, (value: string) => value.toWellFormed().replaceAll('\0', '')],
  ['integer', fc.integer(), (value) => value],
  ['bigint', fc.maxSafeInteger(), (value) => value],
  ['boolean', fc.boolean(), (value) => value],
  ['bytea', fc.uint8Array().map((bytes) => Buffer.from(bytes)), (value) => value],
  ['double precision', fc.double(), (value) => value],
  ['timestamptz', fc.integer({ min: Date.UTC(1900), max: Date.UTC(9999) }), (value) => new Date(value)],
])('a column of %s is stored unchanged, nulls too', async (type, value, asRead) => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(value), { maxLength: 40 }), async (values) => {
      expect(await stored(type, values)).toEqual(values.map((one) => (one === null ? null : asRead(one as never))))
    }),
    { numRuns: 40 },
  )
})

test('a number that the type does not hold is refused', () => {
  expect(() => packColumn('integer', [2 ** 31])).toThrow(RangeError)
  expect(() => packColumn('bigint', [0.5])).toThrow(RangeError)
  expect(() => packColumn('timestamptz', [Number.NaN])).toThrow(RangeError)
})
