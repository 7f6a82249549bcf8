import { openDatabase, type Database } from '../../../store/database.ts'
import { withTablesSnapshot, type TablesSnapshot } from '../../../store/operations/copy-tables.ts'
import { relationsIn, withTablesRestore } from '../../../store/operations/restore-tables.ts'
import { putIntoOutbox } from '../../../store/operations/outbox.ts'
import { createPartitions } from '../../../store/models/history-partitions.ts'
import { freshDatabase, migratedDatabase, waitFor } from '../../support/services.ts'

const fresh = await Promise.all([migratedDatabase(), migratedDatabase(), freshDatabase()])
const [source, target, empty] = fresh.map(({ url }) => openDatabase({ url, poolMax: 4 })) as [
  Database,
  Database,
  Database,
]
afterAll(async () => {
  await Promise.all([source, target, empty].map((database) => database.destroy()))
  await Promise.all(fresh.map(({ drop }) => drop()))
})

/** Returns every row of every table as text. */
async function contentOf({ tables, rows }: TablesSnapshot): Promise<Record<string, string[]>> {
  const content: Record<string, string[]> = {}
  for (const table of tables) {
    const found: string[] = []
    for await (const row of rows(table)) found.push(row)
    if (found.length > 0) content[table.name] = found.sort()
  }
  return content
}

async function* these(rows: readonly string[]): AsyncGenerator<string> {
  for (const row of rows) yield await Promise.resolve(row)
}

test('rows of any content come back, also those in partitions; so do sequences', async () => {
  const june = Date.UTC(2026, 5, 3)
  await createPartitions(source, 'feature_history', [june])
  await source.pool.query(
    `insert into feature_history (id, customer_id, feature_set, occurred_at, "values") values
      ('f1', 'c "1", (x)', 'set', to_timestamp($1::double precision / 1000), '{NaN,0.1,-1e-30,NULL}')`,
    [june],
  )
  await source.pool.query(
    `insert into dead_letters (id, processor, topic, partition, "offset", code, message, key, value, occurred_at) values
      ('d1', 'sink', 'visits', 0, 9007199254740991, 'X', E'line\\n\\\\ "quoted" 客户', null, '\\x00ff', now())`,
  )
  await source.transaction().execute((transaction) => putIntoOutbox(transaction, 'policies', { a: [1.5, null, 'ä'] }))
  await source.pool.query(`insert into sink_positions values ('visits', 0, 12, 'old-id'), ('calls', 0, 3, null)`)

  const written = await withTablesSnapshot(source, async (snapshot) => {
    const content = await contentOf(snapshot)
    await withTablesRestore(target, async (restored) => {
      for (const table of snapshot.tables)
        expect(await restored.fill(table, these(content[table.name] ?? []))).toBe(content[table.name]?.length ?? 0)
      await restored.setSequences(snapshot.sequences)
    })
    return content
  })
  expect(Object.keys(written)).toEqual(expect.arrayContaining(['feature_history', 'dead_letters', 'outbox']))
  expect(await withTablesSnapshot(target, contentOf)).toEqual(written)
  await target.transaction().execute((transaction) => putIntoOutbox(transaction, 'policies', {}))
  const { rows } = await target.pool.query<{ id: number }>('select id from outbox order by id')
  expect(rows.map(({ id }) => id)).toEqual([1, 2])
})

test('positions get the new ids of their topics, and those without an id stay without', async () => {
  await withTablesRestore(target, async (restored) => {
    await restored.fill(
      { name: 'sink_positions', columns: ['topic', 'partition', 'next_offset', 'topic_id'], partitions: [] },
      these(['(visits,0,12,old-id)', '(calls,0,3,)']),
    )
    await restored.moveTopicIds(
      new Map([
        ['visits', 'new-id'],
        ['calls', 'another'],
      ]),
    )
  })
  const after = await target.pool.query('select * from sink_positions order by topic')
  expect(after.rows).toMatchObject([
    { topic: 'calls', next_offset: 3, topic_id: null },
    { topic: 'visits', next_offset: 12, topic_id: 'new-id' },
  ])
})

test('an edit waits until edits are allowed, and the snapshot does not show it', async () => {
  await withTablesSnapshot(source, async (snapshot) => {
    const before = await contentOf(snapshot)
    let done = false
    const edit = source
      .transaction()
      .execute((transaction) => putIntoOutbox(transaction, 'policies', { late: true }))
      .then(() => (done = true))
    await waitFor(
      async () =>
        (await source.pool.query(`select from pg_locks where relation = 'outbox'::regclass and not granted`)).rowCount,
      { what: 'the edit to wait' },
    )
    expect(done).toBe(false)
    await snapshot.allowEdits()
    await edit
    expect(await contentOf(snapshot)).toEqual(before)
  })
})

test('an empty database has no relations, a migrated one has', async () => {
  expect(await relationsIn(empty)).toEqual([])
  expect(await relationsIn(target)).toContain('outbox')
})
