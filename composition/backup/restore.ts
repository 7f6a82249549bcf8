import { join } from 'node:path'
import type { Admin } from '../../kafka/admin/admin.ts'
import { createRestorer, type Restorer } from '../../kafka/admin/restorer.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import type { Database } from '../../store/database.ts'
import { migrate, migrationState } from '../../store/migrate.ts'
import { relationsIn, withTablesRestore } from '../../store/operations/restore-tables.ts'
import { processors } from '../../subjects/subjects.ts'
import type { CommandContext } from '../context.ts'
import { withDatabase } from '../database.ts'
import { clientOptions, namingOf, wantedTopics, withAdmin } from '../kafka.ts'
import { provideServices } from '../embedded.ts'
import { brokersIfKnown, databaseUrlIfKnown } from '../services.ts'
import { createProgress } from '../training/progress.ts'
import { checkedManifest, checkFits } from './check-backup.ts'
import { readFrames } from './framed-file.ts'
import { inParallel } from './in-parallel.ts'
import { pathOfTable, type BackedUpTable, type BackedUpTopic, type Manifest } from './manifest.ts'
import { withTopicId } from './move-topic-id.ts'
import { restorePartition } from './restore-partition.ts'

/** Partitions written at the same time. */
const PARTITIONS_AT_ONCE = 8

/**
 * Brings a backup back into an empty Kafka and an empty database:
 *  1. check every file, the program, and that both servers are empty; nothing is written before that
 *  2. the topic of the deployment: from now on no part of the platform starts until the database has its id too
 *  3. the other topics, each record at its former offset
 *  4. the tables, in one transaction.
 * A restore that was interrupted is refused the next time, since the servers are no longer empty.
 */
export async function restore(context: CommandContext, folder: string): Promise<void> {
  const startedAt = performance.now()
  const manifest = await checkedManifest(folder)
  const counts = await withServers(context, () =>
    withDatabase(context, 'restore', (database) =>
      withAdmin(context, async (admin) => {
        const { pending } = await migrationState(database)
        await checkEmpty(database, admin, manifest)
        await checkFits(context, manifest, pending)
        return restoreInto(context, folder, manifest, { admin, database })
      }),
    ),
  )
  const seconds = Math.round(performance.now() - startedAt) / 1000
  context.print(
    JSON.stringify({ folder, takenAt: manifest.takenAt, topics: manifest.topics.length, ...counts, seconds }),
  )
}

/** Runs `work` with the servers that `scoreline up` would start here, unless others are configured or they run. */
async function withServers<Result>(
  { config, log, stopped }: CommandContext,
  work: () => Promise<Result>,
): Promise<Result> {
  const isProvided = brokersIfKnown(config) !== undefined && databaseUrlIfKnown(config) !== undefined
  const services = isProvided ? undefined : await provideServices(config, log, stopped)
  try {
    return await work()
  } finally {
    await services?.stop()
  }
}

async function checkEmpty(database: Database, admin: Admin, { topics }: Manifest): Promise<void> {
  const [relation] = await relationsIn(database)
  if (relation !== undefined)
    throw new Error(
      `The database of DATABASE_URL is not empty: it has ${relation}. Restore into a new one; if an earlier restore was ` +
        'interrupted, drop it and create it again.',
    )
  const existing = new Set(await admin.listTopics())
  const topic = topics.find(({ name }) => existing.has(name))
  if (topic !== undefined)
    throw new Error(
      `The Kafka of KAFKA_BROKERS is not empty: it has the topic ${topic.name}. Restore into a new one; if an earlier restore ` +
        'was interrupted, delete the topics of TOPIC_PREFIX.',
    )
}

interface Targets {
  readonly admin: Admin
  readonly database: Database
}

async function restoreInto(
  context: CommandContext,
  folder: string,
  manifest: Manifest,
  { admin, database }: Targets,
): Promise<{ readonly records: number; readonly tables: number; readonly rows: number }> {
  const { config, log } = context
  const { topics, tables } = manifest
  const restorer = createRestorer(clientOptions(config, 'restore'))
  const partitionCount = topics.reduce((sum, { partitions }) => sum + partitions.length, 0)
  const progress = createProgress('Restoring', partitionCount + tables.length, log)
  let done = 0
  const count = () => progress.update(++done)
  try {
    const producerIds = topics.flatMap(({ partitions }) => partitions.map(({ producerIdMax }) => producerIdMax))
    await restorer.leaveOutProducerIds(Math.max(-1, ...producerIds))
    const deployment = namingOf(config).deployment()
    const [first, others] = [
      topics.filter(({ name }) => name === deployment),
      topics.filter(({ name }) => name !== deployment),
    ]
    let records = 0
    const newIds = new Map<string, string>()
    for (const group of [first, others]) {
      await createTopics(context, admin, group)
      for (const [before, now] of await idsOf(context, group)) newIds.set(before, now)
      records += await fillTopics(context, folder, group, { restorer, newIds, count })
    }
    for (const topic of topics) await forgetDeleted(admin, topic)
    for (const [group, offsets] of Object.entries(manifest.groups)) await restorer.commitOffsets(group, offsets)
    const rows = await restoreTables(folder, manifest, database, newIds, count)
    return { records, tables: tables.length, rows }
  } finally {
    progress.stop()
    await restorer.close()
  }
}

async function createTopics({ config }: CommandContext, admin: Admin, topics: readonly BackedUpTopic[]): Promise<void> {
  const wanted = new Map(wantedTopics(config).map((topic) => [topic.name, topic]))
  await admin.ensureTopics(
    topics.map(({ name, settings, partitions }) => {
      // How many copies there are depends on the new cluster.
      const configs = Object.fromEntries(Object.entries(settings).filter(([key]) => key !== 'min.insync.replicas'))
      const { replicationFactor, minInSyncReplicas } = wanted.get(name)!
      return { name, partitions: partitions.length, replicationFactor, minInSyncReplicas, configs }
    }),
  )
}

/** Returns the new id of each topic by its former one. */
async function idsOf({ config }: CommandContext, topics: readonly BackedUpTopic[]): Promise<Map<string, string>> {
  const client = createKafkaClient(clientOptions(config, 'restore'))
  try {
    const described = await client.describeTopics(topics.map(({ name }) => name))
    return new Map(
      topics.map(({ name, topicId }) => [topicId, described.find((topic) => topic.name === name)!.topicId]),
    )
  } finally {
    await client.close()
  }
}

interface Filling {
  readonly restorer: Restorer
  readonly newIds: ReadonlyMap<string, string>
  readonly count: () => void
}

async function fillTopics(
  { config, stopped }: CommandContext,
  folder: string,
  topics: readonly BackedUpTopic[],
  { restorer, newIds, count }: Filling,
): Promise<number> {
  const naming = namingOf(config)
  const changelogs = new Set(processors.map((processor) => naming.changelog(processor)))
  const partitions = topics.flatMap(({ name, partitions }) =>
    partitions.map((backedUp, partition) => ({ topic: name, partition, backedUp })),
  )
  const counts = await inParallel(partitions, PARTITIONS_AT_ONCE, async (one) => {
    const isChangelog = changelogs.has(one.topic)
    const written = await restorePartition({
      ...one,
      restorer,
      folder,
      stopped,
      change: isChangelog ? (record) => withTopicId(record, newIds) : (record) => record,
    })
    if (written !== one.backedUp.records)
      throw new Error(
        `${one.topic}-${one.partition} has ${written} records, and the manifest says ${one.backedUp.records}.`,
      )
    count()
    return written
  })
  return counts.reduce((sum, one) => sum + one, 0)
}

/** Lets a partition begin where it began: what retention had deleted is a gap to readers, as before. */
async function forgetDeleted(admin: Admin, { name, partitions }: BackedUpTopic): Promise<void> {
  for (const [partition, { start }] of partitions.entries())
    if (start > 0) await admin.deleteRecords(name, partition, start)
}

async function restoreTables(
  folder: string,
  { topics, tables, sequences }: Manifest,
  database: Database,
  newIds: ReadonlyMap<string, string>,
  count: () => void,
): Promise<number> {
  await migrate(database)
  return withTablesRestore(database, async (restored) => {
    let rows = 0
    for (const table of tables) {
      const filled = await restored.fill(table, textsOf(folder, table))
      if (filled !== table.rows)
        throw new Error(`The table ${table.name} has ${filled} rows, and the manifest says ${table.rows}.`)
      rows += filled
      count()
    }
    await restored.setSequences(sequences)
    await restored.moveTopicIds(new Map(topics.map(({ name, topicId }) => [name, newIds.get(topicId)!])))
    return rows
  })
}

async function* textsOf(folder: string, { name }: BackedUpTable): AsyncGenerator<string> {
  for await (const frame of readFrames(join(folder, pathOfTable(name)))) yield frame.toString()
}
