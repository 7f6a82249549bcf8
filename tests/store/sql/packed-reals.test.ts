import fc from 'fast-check'
import { openDatabase, type Database } from '../../../store/database.ts'
import { packReals } from '../../../store/sql/packed-reals.ts'
import { freshDatabase } from '../../support/services.ts'

let database: Database
let drop: () => Promise<void>
beforeAll(async () => {
  const fresh = await freshDatabase()
  drop = fresh.drop
  database = openDatabase({ url: fresh.url, poolMax: 1 })
})
afterAll(async () => {
  await database.destroy()
  await drop()
})

test('PostgreSQL reads each list as it was packed, number by number', async () => {
  const list = fc.array(fc.float(), { maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(list), { maxLength: 8 }), async (lists) => {
      const { bytes, first, last } = packReals(lists)
      const { rows } = await database.pool.query<{ list: number[] | null }>(
        `select ($1::real[])["first":"last"] as list
           from unnest($2::integer[], $3::integer[]) with ordinality as batch("first", "last", place) order by place`,
        [bytes, first, last],
      )
      // The shortest text that gives the same real, as PostgreSQL prints it.
      expect(rows.map((row) => row.list?.map(Math.fround) ?? null)).toEqual(lists)
    }),
    { numRuns: 50 },
  )
})
