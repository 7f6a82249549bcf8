import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createKafkaClient } from '../kafka/kafka-client.ts'
import { transactions } from '../schemas/customers/banking.ts'
import { releases } from '../schemas/models/releases.ts'
import { repeated, type Benchmark, type BenchmarkContext } from './benchmark.ts'
import { openPlatform, type PlatformUnderTest } from './platform-under-test.ts'
import { publisherFor } from './publisher.ts'
import { smallReleases } from './small-models.ts'
import { transactionsUntil } from './transactions.ts'

const EVENTS_MAX = 100_000
const EVENTS_QUICK = 10_000
const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))

/** Measures what the archive of everything takes that transactions leave in the topics of the whole platform. */
export const archive: Benchmark = {
  needsBroker: true,
  run: (context) => repeated(context, () => measure(context)),
}

async function measure({ brokers, directory, events: wanted, quick }: BenchmarkContext) {
  const events = Math.min(wanted, quick ? EVENTS_QUICK : EVENTS_MAX)
  const folder = mkdtempSync(join(directory, 'archive-'))
  const platform = await openPlatform(brokers, directory)
  try {
    const environment = { ...process.env, ...platform.environment, ARCHIVE_DIRECTORY: folder }
    await leaveRecords(brokers, platform, events)
    const { stdout } = await promisify(execFile)(process.execPath, [MAIN, 'archive', '--once'], { env: environment })
    const { records, plainBytes, bytes, cpuSeconds } = JSON.parse(stdout) as Readonly<Record<string, number>>
    const perMillion = 1e6 / events
    const megabytes = (of: RegExp) => (sizeOf(folder, of) * perMillion) / 1e6
    return {
      recordsPerEvent: records! / events,
      megabytesPerMillion: (bytes! * perMillion) / 1e6,
      megabytesBeforeCompressionPerMillion: (plainBytes! * perMillion) / 1e6,
      megabytesOfInputsPerMillion: megabytes(/\.transactions\//),
      megabytesOfJournalPerMillion: megabytes(/\.journal\//),
      megabytesOfScoresPerMillion: megabytes(/\.scores\//),
      megabytesOfFeaturesPerMillion: megabytes(/\.customer-features\//),
      megabytesOfChangelogsPerMillion: megabytes(/\.changelog\//),
      cpuSecondsPerMillion: cpuSeconds! * perMillion,
    }
  } finally {
    await platform.close()
  }
}

async function leaveRecords(brokers: readonly string[], platform: PlatformUnderTest, events: number): Promise<void> {
  const client = createKafkaClient({ brokers, clientId: 'bench' })
  const publisher = await publisherFor(client, platform.naming)
  const running = await platform.up()
  try {
    await publisher.publish(releases, smallReleases(Date.now()))
    await publisher.publish(transactions, transactionsUntil(Date.now(), events))
    await running.caughtUp()
  } finally {
    await running.stop()
    await publisher.close()
    await client.close()
  }
}

function sizeOf(folder: string, of: RegExp): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && of.test(`${entry.parentPath}/`))
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
}
