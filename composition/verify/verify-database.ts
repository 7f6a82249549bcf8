import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '../../store/database.ts'
import { withSnapshot, type DatabaseSnapshot } from '../../store/models/database-snapshot.ts'
import { writers } from '../../subjects/subjects.ts'
import type { SinkWriter } from '../../store/sink/writer.ts'
import { openStore } from '../../streams/state/open-store.ts'
import { addDifference, type Difference } from '../../streams/verify/report.ts'
import { createExpectedRows } from './expected-rows.ts'
import { compareTables, type TableCount } from './verify-tables.ts'
import { createSunkEvents, type SunkEvents, type SunkEventsOptions } from './verify-sunk-events.ts'

export interface DatabaseVerification extends TableCount {
  readonly tables: Readonly<Record<string, TableCount>>
  /** First differences of each table. */
  readonly differences: readonly Difference[]
  /** Digests of erased people of whom topics still hold records, which therefore have no rows. */
  readonly erased: readonly string[]
}

export interface VerifyDatabaseOptions extends Omit<SunkEventsOptions, 'served'> {
  readonly database: Database
  /** Folder for the expected rows; about as large as the largest table. */
  readonly directory: string
  /** Retention of the score history; null without limit. */
  readonly scoresRetentionMs: number | null
}

/**
 * Compares every row of every table that the sink writes with the rows expected from the topics, up to the sink's
 * positions. The sink may continue meanwhile, since everything is read from one snapshot.
 */
export function verifyDatabase(options: VerifyDatabaseOptions): Promise<DatabaseVerification> {
  return withSnapshot(options.database, async (served) => {
    const events = createSunkEvents({ ...options, served })
    const differences: Difference[] = []
    const tables: Record<string, TableCount> = {}
    const scoresBefore = await served.scoreCutoff(options.scoresRetentionMs)
    // The sink's refusals are collected while the other topics are read.
    for (const group of groupsOf(writers)) {
      const directory = join(options.directory, 'rows')
      rmSync(directory, { recursive: true, force: true })
      const store = await openStore(directory, 'verify')
      try {
        const expected = createExpectedRows(store)
        const compared = await compareTables({ group, served, events, expected, scoresBefore })
        Object.assign(tables, compared.counts)
        differences.push(...compared.differences)
      } finally {
        await store.close()
        rmSync(directory, { recursive: true, force: true })
      }
    }
    tables['sink_positions'] = await comparePositions(served, events, differences)
    return { ...sumOf(Object.values(tables)), tables, differences, erased: [...events.erased].sort() }
  })
}

/** Groups writers that share a table. Dead letters come last, since the sink's refusals are known only then. */
function groupsOf(all: readonly SinkWriter[]): SinkWriter[][] {
  const groups = [...Map.groupBy(all, ({ tables }) => tables[0]!.name).values()]
  const isLast = (group: readonly SinkWriter[]) => group.some(({ tables }) => tables[0]!.name === 'dead_letters')
  return [...groups.filter((group) => !isLast(group)), ...groups.filter(isLast)]
}

/** Checks the positions: one beyond the end of its partition would skip records. */
async function comparePositions(
  served: DatabaseSnapshot,
  events: SunkEvents,
  differences: Difference[],
): Promise<TableCount> {
  let compared = 0
  let different = 0
  for (const [place, end] of await events.ends()) {
    const position = served.positions.get(place)
    if (position === undefined) continue
    compared++
    if (position >= 0 && position <= end) continue
    different++
    addDifference(differences, `table sink_positions: ${place}, column next_offset`, `0 to ${end}`, String(position))
  }
  return { compared, different, unexplained: 0 }
}

function sumOf(counts: readonly TableCount[]): TableCount {
  const sum = (name: keyof TableCount) => counts.reduce((total, count) => total + count[name], 0)
  return { compared: sum('compared'), different: sum('different'), unexplained: sum('unexplained') }
}
