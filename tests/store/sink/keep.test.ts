import fc from 'fast-check'
import { conflictClause, survivingRows, supersedes } from '../../../store/sink/keep.ts'
import type { SinkTable } from '../../../store/sink/writer.ts'
import { writeRows } from '../../../store/sql/write-rows.ts'
import { storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()
const columns = {
  customerId: 'text',
  contactId: 'text',
  id: 'text',
  occurredAt: 'time',
  name: 'text',
  organisationId: 'text',
  role: 'text',
  interests: 'jsonb',
  categories: 'jsonb',
  active: 'boolean',
  source: 'text',
} as const
const rest = { organisationId: '', role: '', interests: [], categories: [], active: true, source: '' }

const keeps = [{ newestBy: ['occurredAt', 'id'] }, 'first', 'last'] as const

test.each(keeps)('%j: the database and the rule in words agree, in whatever batches the rows come', async (keep) => {
  const table: SinkTable = { name: 'contacts', key: ['customerId', 'contactId'], keep }
  const row = fc.record({
    customerId: fc.constantFrom('a', 'a\u0000', 'b'),
    contactId: fc.constantFrom('x', 'y'),
    // Ids with a full-width character and one beyond the BMP: their order by code unit differs from that by code point.
    id: fc.constantFrom('１', '𠮷', 'z', 'Z', ''),
    occurredAt: fc.integer({ min: 0, max: 2 }),
    name: fc.uuid(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 12 }), fc.nat(12), async (rows, cut) => {
      await store.database.pool.query('truncate contacts')
      const full = rows.map((one) => ({ ...one, ...rest }))
      for (const batch of [full.slice(0, cut), full.slice(cut)])
        await store.database
          .transaction()
          .execute((transaction) =>
            writeRows(
              transaction,
              'contacts',
              columns,
              survivingRows(table, batch) as typeof full,
              conflictClause(table, columns),
            ),
          )
      const stored = await store.database.selectFrom('contacts').select('name').orderBy('name').execute()
      const expected = survivingRows(table, full).map(({ name }) => name)
      expect(stored.map(({ name }) => name)).toEqual(expected.sort())
    }),
    { numRuns: 25 },
  )
})

test('null is older than anything', () => {
  const keep = { newestBy: ['at'] }
  expect(supersedes(keep, { at: 1 }, { at: null })).toBe(true)
  expect(supersedes(keep, { at: null }, { at: 1 })).toBe(false)
  expect(supersedes(keep, { at: 1 }, { at: 1 })).toBe(true)
})
