import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startDatabase } from '../deploy/database.ts'
import { createAdmin } from '../kafka/admin/admin.ts'
import { createNaming, type Naming } from '../streams/naming.ts'
import { platformTopics } from '../streams/platform-topics.ts'
import { processors, topics as everyTopic } from '../subjects/subjects.ts'
import { freePort, runPlatform, startPlatform, type PlatformProcess } from './platform-process.ts'

/** The whole platform as `npm start` runs it, under a separate topic prefix and with a separate database. */
export interface PlatformUnderTest {
  readonly prefix: string
  readonly naming: Naming
  readonly databaseUrl: string
  readonly environment: Readonly<Record<string, string>>
  /** Creates topics and tables, which `up` does itself. */
  prepare(): Promise<void>
  /** Starts `scoreline up` without the simulated world. Resolves when it is ready. */
  up(): Promise<RunningPlatform>
  /** Returns the platform's topics that exist now. */
  topics(): Promise<readonly string[]>
  /** Deletes the topics and stops the database. */
  close(): Promise<void>
}

export interface RunningPlatform extends PlatformProcess {
  /** Address of the API. */
  readonly address: string
  /** Waits until no part has records left and returns when that began, in ms of `performance.now()`. */
  caughtUp(): Promise<number>
}

export const PARTITIONS = 4
const POLL_MS = 100
const START_MS_MAX = 120_000
/**
 * Looks without waiting records before the platform counts as caught up: parts feed each other, and lag is reported up
 * to a second late.
 */
const IDLE_POLLS = 20
/** Parts whose waiting records are observed. */
const PARTS = ['processors', 'sink', 'deliveries']

export async function openPlatform(
  brokers: readonly string[],
  directory: string,
  changes: Readonly<Record<string, string>> = {},
): Promise<PlatformUnderTest> {
  const prefix = `bench-${process.pid}-${Date.now()}.`
  const database = await startDatabase({ directory: join(directory, `${prefix}database`) })
  // The server has its own process group, and must not outlive an interrupted benchmark.
  process.once('exit', database.abandon)
  const admin = createAdmin({ brokers, clientId: 'bench' })
  const environment = {
    KAFKA_BROKERS: brokers.join(','),
    DATABASE_URL: database.url,
    TOPIC_PREFIX: prefix,
    TOPIC_PARTITIONS: String(PARTITIONS),
    DATA_DIRECTORY: join(directory, prefix),
    SIMULATE: 'false',
    // Disables verification. First models are not trained either, since they need `SIMULATE`.
    VERIFY_INTERVAL_MINUTES: '0',
    ...changes,
  }
  const naming = createNaming(prefix)
  const topics = async () => (await admin.listTopics()).filter((name) => name.startsWith(prefix))
  return {
    prefix,
    naming,
    databaseUrl: database.url,
    environment,
    topics,
    async prepare() {
      const wanted = platformTopics(naming, { topics: everyTopic, processors, partitions: PARTITIONS })
      await admin.ensureTopics(wanted.map((topic) => ({ ...topic, replicationFactor: 1 })))
      await runPlatform(['migrate'], environment)
    },
    async up() {
      const port = await freePort()
      const platform = startPlatform(['up'], { ...environment, API_PORT: String(port) })
      const address = `http://127.0.0.1:${port}`
      await untilReady(platform, address)
      return Object.assign(platform, { address, caughtUp: () => untilCaughtUp(platform, address) })
    },
    async close() {
      await admin.deleteTopics(await topics())
      await admin.close()
      await database.stop()
      process.off('exit', database.abandon)
    },
  }
}

async function untilReady(platform: PlatformProcess, address: string): Promise<void> {
  const giveUpAt = performance.now() + START_MS_MAX
  const ready = async () => (await fetch(`${address}/ready`).catch(() => undefined))?.ok === true
  while (!(await ready())) {
    if (platform.exitCode !== null) throw new Error(`The platform ended with code ${platform.exitCode}.`)
    if (performance.now() > giveUpAt) throw new Error(`${address} was not ready within ${START_MS_MAX / 1_000} s.`)
    await delay(POLL_MS)
  }
}

async function untilCaughtUp(platform: PlatformProcess, address: string): Promise<number> {
  let idlePolls = 0
  let since = performance.now()
  while (idlePolls < IDLE_POLLS) {
    await delay(POLL_MS)
    if (platform.exitCode !== null) throw new Error(`The platform ended with code ${platform.exitCode}.`)
    const metrics = await (await fetch(`${address}/metrics`)).text()
    const waiting = new Map(
      [...metrics.matchAll(/^scoreline_waiting_records\{part="(.*)"\} (\S+)$/gm)].map(([, part, records]) => [
        part!,
        Number(records),
      ]),
    )
    // A part that has not started its work yet reports nothing.
    const nothing = PARTS.every((part) => waiting.get(part) === 0)
    if (!nothing) idlePolls = 0
    else if (idlePolls++ === 0) since = performance.now()
  }
  return since
}
