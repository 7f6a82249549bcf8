import fc from 'fast-check'
import type { Database } from '../../../store/database.ts'
import { storableJson } from '../../../store/sql/stored-text.ts'
import { newestOfEach, writeRows } from '../../../store/sql/write-rows.ts'
import { storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()

/** Texts that are more likely than random ones to give databases trouble. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom('\\', '\u0000', 'u0000', '"', '{', '}', ',', '\ud800', '\udc00', '😀', '客', 'ud83d', "'", '\n'),
    )
    .map((parts) => parts.join('')),
)
const storable = (value: string) => value.toWellFormed().replaceAll('\0', '')

async function written(database: Database, texts: readonly string[]): Promise<{ name: string; json: unknown }[]> {
  await database.pool.query('truncate customers')
  const columns = { customerId: 'text', name: 'text', attributes: 'jsonb' } as const
  const rows = texts.map((one, index) => ({
    customerId: String(index).padStart(5),
    name: one,
    attributes: { text: one },
  }))
  await database.transaction().execute((transaction) => writeRows(transaction, 'customers', columns, rows, ''))
  const stored = await database.selectFrom('customers').select(['name', 'attributes']).orderBy('customerId').execute()
  return stored.map(({ name, attributes }) => ({ name: name!, json: attributes!['text'] }))
}

test('any text is stored unchanged, in text and in JSON, except for NUL characters and lone surrogates', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(text, { maxLength: 20 }), async (texts) => {
      const rows = await written(store.database, texts)
      expect(rows.map(({ name }) => name)).toEqual(texts.map(storable))
      expect(rows.map(({ json }) => json)).toEqual(texts.map(storable))
    }),
    { numRuns: 40 },
  )
})

test('storable JSON means the same as its value', () => {
  fc.assert(
    fc.property(
      fc.dictionary(text.map(storable), fc.oneof(text.map(storable), fc.double(), fc.constant(null))),
      (value) => {
        expect(JSON.parse(storableJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      },
    ),
  )
  expect(storableJson({ 'C:\\u0000\0': '\\\0\\u0000 \ud800' })).toBe('{"C:\\\\u0000":"\\\\\\\\u0000 \ufffd"}')
})

test('times keep their milliseconds from 1900 to 9999, and nulls of every type stay', async () => {
  const { database } = store
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: Date.UTC(1900), max: Date.UTC(9999) }), { maxLength: 30 }),
      async (times) => {
        await database.pool.query('truncate customers')
        const columns = {
          customerId: 'text',
          featuresAt: 'time',
          values: 'real[]',
          birthYear: 'integer',
          attributes: 'jsonb',
        } as const
        const nothing = { values: null, birthYear: null, attributes: null }
        const rows = times.map((time, index) => ({
          customerId: String(index).padStart(5),
          featuresAt: time,
          ...nothing,
        }))
        await database.transaction().execute((transaction) => writeRows(transaction, 'customers', columns, rows, ''))
        const stored = await database.selectFrom('customers').selectAll().orderBy('customerId').execute()
        expect(stored.map(({ featuresAt }) => featuresAt?.getTime())).toEqual(times)
        expect(stored.every((row) => row.values === null && row.birthYear === null && row.attributes === null)).toBe(
          true,
        )
      },
    ),
    { numRuns: 20 },
  )
})

test('one row of each key is left, in order of key', () => {
  const rows = ['b1', 'a1', 'b3', 'b2', 'a2'].map((name) => ({ key: name[0]!, rank: Number(name[1]) }))
  const keyOf = ({ key }: { key: string }) => key
  const names = (list: typeof rows) => list.map(({ key, rank }) => `${key}${rank}`)
  expect(names(newestOfEach(rows, keyOf))).toEqual(['a2', 'b2'])
  expect(names(newestOfEach(rows, keyOf, (row, held) => row.rank > held.rank))).toEqual(['a2', 'b3'])
  expect(names(newestOfEach(rows, keyOf, () => false))).toEqual(['a1', 'b1'])
})
