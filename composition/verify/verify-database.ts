import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '../../store/database.ts'
import { lookAtServed, type Served } from '../../store/models/served.ts'
import { writers } from '../../subjects/subjects.ts'
import type { SinkWriter } from '../../store/sink/writer.ts'
import { openStore } from '../../streams/state/open-store.ts'
import { note, type Difference } from '../../streams/verify/report.ts'
import { createExpectedRows } from './expected-rows.ts'
import { compareTables, type TableCount } from './verify-tables.ts'
import { createSunkEvents, type SunkEvents, type SunkEventsOptions } from './verify-sunk-events.ts'

export interface DatabaseVerification extends TableCount {
  readonly tables: Readonly<Record<string, TableCount>>
  /** The first ones of each table. */
  readonly differences: readonly Difference[]
}

export interface VerifyDatabaseOptions extends Omit<SunkEventsOptions, 'served'> {
  readonly database: Database
  /** For what the rows should be; about as large as the largest table. */
  readonly directory: string
  /** How long the history of scores is kept; null: without limit. */
  readonly scoresRetentionMs: number | null
}

/**
 * Compares every row of every table that the sink writes with what the topics say, as far as the sink has come. The
 * sink may go on meanwhile: all is read from one snapshot.
 */
export function verifyDatabase(options: VerifyDatabaseOptions): Promise<DatabaseVerification> {
  return lookAtServed(options.database, async (served) => {
    const events = createSunkEvents({ ...options, served })
    const differences: Difference[] = []
    const tables: Record<string, TableCount> = {}
    const scoresBefore = await served.scoresBefore(options.scoresRetentionMs)
    // Events that the sink rejected are found in the dead letters while the other topics are read.
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
    return { ...sumOf(Object.values(tables)), tables, differences }
  })
}

/** Writers that share a table go together; who writes the sink's own refusals comes last. */
function groupsOf(all: readonly SinkWriter[]): SinkWriter[][] {
  const groups = [...Map.groupBy(all, ({ tables }) => tables[0]!.name).values()]
  const isLast = (group: readonly SinkWriter[]) => group.some(({ tables }) => tables[0]!.name === 'dead_letters')
  return [...groups.filter((group) => !isLast(group)), ...groups.filter(isLast)]
}

/** A position behind the end of its partition would skip what comes. */
async function comparePositions(served: Served, events: SunkEvents, differences: Difference[]): Promise<TableCount> {
  let compared = 0
  let different = 0
  for (const [place, end] of await events.ends()) {
    const position = served.positions.get(place)
    if (position === undefined) continue
    compared++
    if (position >= 0 && position <= end) continue
    different++
    note(differences, `table sink_positions: ${place}, column next_offset`, `0 to ${end}`, String(position))
  }
  return { compared, different, unexplained: 0 }
}

function sumOf(counts: readonly TableCount[]): TableCount {
  const sum = (name: keyof TableCount) => counts.reduce((total, count) => total + count[name], 0)
  return { compared: sum('compared'), different: sum('different'), unexplained: sum('unexplained') }
}
