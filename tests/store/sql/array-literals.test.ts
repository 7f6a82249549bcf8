import fc from 'fast-check'
import { arrayLiteral } from '../../../store/sql/array-literals.ts'
import { storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()

test('arrays of every type are read as they were written', async () => {
  const { pool } = store.database
  const read = async (
    values: readonly unknown[],
    type: 'text' | 'integer' | 'bigint' | 'double precision' | 'boolean',
  ) =>
    (await pool.query<{ list: unknown[] }>(`select $1::${type}[] as list`, [arrayLiteral(values, type)])).rows[0]!.list
  expect(await read(['NULL', '', null, '{"a","b"}', 'x', 'x', '\\'], 'text')).toEqual([
    'NULL',
    '',
    null,
    '{"a","b"}',
    'x',
    'x',
    '\\',
  ])
  expect(await read([1, null, -7], 'integer')).toEqual([1, null, -7])
  expect(await read([Number.NaN, Number.NaN, -Infinity, 1e300, -0.1], 'double precision')).toEqual([
    Number.NaN,
    Number.NaN,
    -Infinity,
    1e300,
    -0.1,
  ])
  expect(await read([true, false, null], 'boolean')).toEqual([true, false, null])
  expect((await read([2 ** 53 - 1], 'bigint')).map(Number)).toEqual([2 ** 53 - 1])
  expect(arrayLiteral([], 'text')).toBe('{}')
  expect(arrayLiteral([[1, -2], null], 'times')).toBe('{"{1,-2}",NULL}')
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', ''))),
      async (texts) => {
        expect(await read(texts, 'text')).toEqual(texts)
      },
    ),
    { numRuns: 20 },
  )
})
