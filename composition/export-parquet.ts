import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
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
  readonly out: string
  /** Also writes days that have a file. */
  readonly again: boolean
}

/**
 * Writes a file for each day to OUT/VIEW/day=DAY/rows.parquet, also for a day without rows. Days that have a file are
 * skipped. A file appears when it is complete: an export that was interrupted goes on where it stopped.
 */
export async function exportParquet(context: CommandContext, options: ParquetExport): Promise<void> {
  const { view, time, out, again } = options
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
      const file = join(out, view, `day=${day}`, 'rows.parquet')
      if (!again && existsSync(file)) {
        context.print(JSON.stringify({ view, day, skipped: true }))
        continue
      }
      const from = new Date(`${day}T00:00:00Z`)
      const rows = await writeWhole(file, (unfinished) =>
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

/** Lets the file be written under another name, which readers of `*.parquet` do not see, and renames it. */
async function writeWhole(file: string, write: (unfinished: string) => Promise<number>): Promise<number> {
  const unfinished = `${file}.${process.pid}.unfinished`
  await mkdir(dirname(file), { recursive: true })
  try {
    const rows = await write(unfinished)
    await rename(unfinished, file)
    return rows
  } finally {
    await rm(unfinished, { force: true })
  }
}
