import { openStore } from '../files/objects/open-store.ts'
import { writeParquet } from '../files/parquet-file.ts'
import { DAY_MS } from '../schemas/durations.ts'
import { biColumns, readBiView } from '../store/operations/bi-view.ts'
import type { CommandContext } from './context.ts'
import { withDatabase } from './database.ts'

export interface ParquetExport {
  readonly view: string
  /** The column whose day counts (UTC). */
  readonly time: string
  /** First and last day, as YYYY-MM-DD. */
  readonly from: string
  readonly to: string
  /** A folder, or `s3://BUCKET/PREFIX`. */
  readonly out: string
  /** Also writes days that have a file. */
  readonly again: boolean
}

/**
 * Writes a file for each day to OUT/VIEW/day=DAY/rows.parquet, also for a day without rows. Days that have a file are
 * skipped. A file appears when it is complete: an export that was interrupted goes on where it stopped.
 */
export async function exportParquet(context: CommandContext, options: ParquetExport): Promise<void> {
  const { view, time, again } = options
  const store = openStore(options.out, context.config.AWS_ENDPOINT_URL_S3)
  await withDatabase(context, 'export', async (database) => {
    const columns = await biColumns(database, view)
    const times = columns.filter(({ kind }) => kind === 'timestamp').map(({ name }) => name)
    if (!times.includes(time))
      throw new Error(
        times.length === 0
          ? `${view} has no column with a time, and can't be exported by day.`
          : `${view} has no time ${JSON.stringify(time)}: give --time with one of ${times.join(', ')}.`,
      )
    for (const day of daysOf(options)) {
      if (context.stopped.aborted) return
      const file = `${view}/day=${day}/rows.parquet`
      if (!again && (await store.has(file))) {
        context.print(JSON.stringify({ view, day, skipped: true }))
        continue
      }
      const from = new Date(`${day}T00:00:00Z`)
      const rows = await store.putFile(file, (unfinished) =>
        writeParquet(
          unfinished,
          columns,
          readBiView(database, view, columns, { time, from, to: new Date(from.getTime() + DAY_MS) }),
        ),
      )
      context.print(JSON.stringify({ view, day, rows }))
    }
  })
}

function daysOf({ from, to }: ParquetExport): string[] {
  const days: string[] = []
  for (let time = Date.parse(from); time <= Date.parse(to); time += DAY_MS)
    days.push(new Date(time).toISOString().slice(0, 10))
  return days
}
