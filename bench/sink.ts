import { setTimeout as delay } from 'node:timers/promises'
import { openDatabase } from '../store/database.ts'
import { withSnapshot } from '../store/models/database-snapshot.ts'
import { writers } from '../subjects/subjects.ts'
import type { Benchmark, BenchmarkContext } from './benchmark.ts'
import { compareRounds, type Round } from './compare-rounds.ts'
import { copyTables } from './limits.ts'
import { startPlatform } from './platform-process.ts'
import { openPlatform, type PlatformUnderTest } from './platform-under-test.ts'
import { publishServedRows, servedTopics } from './served-rows.ts'

const EVENTS_MAX = 100_000
const EVENTS_QUICK = 20_000
const POLL_MS = 50

/** Measures from published topics to committed rows, beside `COPY` of the same rows. */
export const sink: Benchmark = {
  needsBroker: true,
  run: (context) => compareRounds(context, () => measure(context)),
}

async function measure({ brokers, directory, events: wanted, quick }: BenchmarkContext): Promise<Round> {
  const events = Math.min(wanted, quick ? EVENTS_QUICK : EVENTS_MAX)
  const platform = await openPlatform(brokers, directory)
  try {
    await platform.prepare()
    await publishServedRows(brokers, platform.naming, events)
    const rowsPerSecond = await throughSink(platform, events)
    const tables = new Set(
      writers.filter(({ topic }) => servedTopics.includes(topic)).flatMap((one) => one.tables.map(({ name }) => name)),
    )
    const copied = await copyTables(platform.databaseUrl, [...tables])
    // The rows left in the tables are the least that had to be written.
    const copyRowsPerSecond = events / copied.seconds
    return { ours: { rowsPerSecond }, peer: { rowsPerSecond: copyRowsPerSecond, copyRowsPerSecond } }
  } finally {
    await platform.close()
  }
}

/** Returns rows per second from the first written rows to the last, so that start-up does not count. */
async function throughSink({ databaseUrl, environment, naming }: PlatformUnderTest, events: number): Promise<number> {
  const database = openDatabase({ url: databaseUrl, poolMax: 1 })
  const names = new Set(servedTopics.map((topic) => naming.topic(topic)))
  const written = () =>
    withSnapshot(database, ({ positions }) =>
      Promise.resolve(
        [...positions]
          .filter(([place]) => names.has(place.slice(0, place.lastIndexOf('/'))))
          .reduce((sum, [, position]) => sum + position, 0),
      ),
    )
  const running = startPlatform(['sink'], environment)
  try {
    let first: { readonly at: number; readonly rows: number } | undefined
    for (;;) {
      await delay(POLL_MS)
      if (running.exitCode !== null) throw new Error(`The sink ended with code ${running.exitCode}.`)
      const rows = await written()
      const at = performance.now()
      if (rows > 0) first ??= { at, rows }
      if (rows >= events) return ((rows - first!.rows) * 1_000) / (at - first!.at)
    }
  } finally {
    await running.stop()
    await database.destroy()
  }
}
