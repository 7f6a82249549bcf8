import fc from 'fast-check'
import { selectionOf, textOfStored, textToStore } from '../../../store/sql/stored-value.ts'
import type { ColumnType } from '../../../store/sql/column-type.ts'
import { writeRows } from '../../../store/sql/write-rows.ts'
import { storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()

const values: Record<ColumnType, fc.Arbitrary<unknown>> = {
  text: fc.string({ unit: 'binary' }),
  integer: fc.integer(),
  bigint: fc.maxSafeInteger(),
  'double precision': fc.double(),
  boolean: fc.boolean(),
  time: fc.integer({ min: Date.UTC(1900), max: Date.UTC(9999) }),
  times: fc.array(fc.integer({ min: Date.UTC(1900), max: Date.UTC(9999) })),
  'real[]': fc.array(fc.float()),
  jsonb: fc.jsonValue(),
  bytea: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
}

test.each(Object.keys(values) as ColumnType[])(
  'what comes back from a column of %s is what was written',
  async (type) => {
    const sqlType = { time: 'timestamptz', times: 'timestamptz[]' }[type as string] ?? type
    await store.database.pool.query(`create table alike (number integer, value ${sqlType})`)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(values[type]), { maxLength: 10 }), async (list) => {
        await store.database.pool.query('truncate alike')
        const rows = list.map((value, number) => ({ number, value }))
        const columns = { number: 'integer', value: type } as const
        await store.database
          .transaction()
          .execute((transaction) => writeRows(transaction, 'alike' as 'visits', columns, rows, ''))
        const stored = await store.database.pool.query<{ value: unknown }>(
          `select ${selectionOf('value', type)} from alike order by number`,
        )
        expect(stored.rows.map(({ value }) => textOfStored(value, type))).toEqual(
          list.map((value) => textToStore(value, type)),
        )
      }),
      { numRuns: 25 },
    )
  },
)

test('JSON is compared regardless of the order of its keys, and NaN is distinguished from null', () => {
  expect(textToStore({ b: 1, a: [{ d: null, c: 2 }] }, 'jsonb')).toBe(
    textOfStored({ a: [{ c: 2, d: null }], b: 1 }, 'jsonb'),
  )
  expect(textToStore([Number.NaN], 'real[]')).not.toBe(textOfStored('{NULL}', 'real[]'))
  expect(textToStore(0.1, 'double precision')).not.toBe(textOfStored(Math.fround(0.1), 'double precision'))
  expect(textToStore([0.1], 'real[]')).toBe(textOfStored('{0.1}', 'real[]'))
})
