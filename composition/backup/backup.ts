import { mkdir, open, readdir, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { KafkaClient } from '../../kafka/client.ts'
import type { Admin } from '../../kafka/admin/admin.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import { journal } from '../../schemas/platform/platform.ts'
import type { Topic } from '../../schemas/topic.ts'
import { withTablesSnapshot, type CopiedTable, type TablesSnapshot } from '../../store/operations/copy-tables.ts'
import { inputsOf } from '../../streams/input/inputs-of.ts'
import { COMPACTION_LAG_MS } from '../../streams/platform-topics.ts'
import { processors } from '../../subjects/subjects.ts'
import type { CommandContext } from '../context.ts'
import { withDatabase } from '../database.ts'
import { clientOptions, namingOf, openRegistry, wantedTopics, withAdmin } from '../kafka.ts'
import { createProgress } from '../training/progress.ts'
import { VERSION } from '../version.ts'
import type { PartitionCut } from './consistent-cut.ts'
import { copyPartition } from './copy-partition.ts'
import { findCut } from './find-cut.ts'
import { writeFrames } from './framed-file.ts'
import { inParallel } from './in-parallel.ts'
import {
  FORMAT,
  formatManifest,
  MANIFEST,
  pathOfTable,
  type BackedUpPartition,
  type BackedUpTable,
  type BackedUpTopic,
  type Manifest,
} from './manifest.ts'
import { schemaSums } from './schema-sums.ts'

/** Partitions copied at the same time. */
const PARTITIONS_AT_ONCE = 4
const PRIVATE_FOLDER = 0o700

/**
 * Writes PostgreSQL, the topics, and with them the state of all tasks, as of one moment, while the platform runs:
 *  1. a snapshot of the database, with edits held back, so that its positions are not beyond the topics’ cut
 *  2. the cut through the topics (`find-cut.ts`); edits go on
 *  3. compacted topics, before compaction removes what the cut needs; the tables; the other topics
 *  4. the manifest, which makes the folder a backup.
 * Task states are in the changelogs; local stores are rebuilt from them.
 */
export async function backUp(context: CommandContext, folder: string): Promise<void> {
  const startedAt = performance.now()
  await makeFolder(folder)
  const manifest = await withDatabase(
    context,
    'backup',
    (database) => withTablesSnapshot(database, (snapshot) => copyAll(context, folder, snapshot)),
    2,
  )
  await writeManifest(folder, manifest)
  const { topics, tables, takenAt } = manifest
  const partitions = topics.flatMap((topic) => topic.partitions)
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
  context.print(
    JSON.stringify({
      folder,
      takenAt,
      topics: topics.length,
      records: sum(partitions.map(({ records }) => records)),
      tables: tables.length,
      rows: sum(tables.map(({ rows }) => rows)),
      bytes: sum([...partitions, ...tables].map(({ bytes }) => bytes)),
      seconds: Math.round(performance.now() - startedAt) / 1000,
    }),
  )
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER })
  const found = await readdir(folder)
  if (found.includes(MANIFEST)) throw new Error(`${folder} holds a backup: give --to another folder.`)
  if (found.length > 0)
    throw new Error(`${folder} is not empty: remove it if it is an interrupted backup, or give --to another folder.`)
}

function copyAll(context: CommandContext, folder: string, snapshot: TablesSnapshot): Promise<Manifest> {
  return withAdmin(context, async (admin) => {
    const client = createKafkaClient(clientOptions(context.config, 'backup'))
    try {
      return await copyWith(context, folder, { admin, client, snapshot })
    } finally {
      await client.close()
    }
  })
}

interface Sources {
  readonly admin: Admin
  readonly client: KafkaClient
  readonly snapshot: TablesSnapshot
}

async function copyWith(
  context: CommandContext,
  folder: string,
  { admin, client, snapshot }: Sources,
): Promise<Manifest> {
  const { config, log, stopped } = context
  const naming = namingOf(config)
  const registry = await openRegistry(config, log)
  const topics = await existingTopics(context, client)
  const names = topics.map(({ name }) => name)
  const settings = await admin.ownSettings(names)
  const { id: clusterId, distinguishesTransactions } = await admin.clusterFacts()
  const groups = await committedOffsets(context, client)
  const partitions = topics.flatMap(({ name, partitionCount }) =>
    Array.from({ length: partitionCount }, (_, partition) => ({ topic: name, partition })),
  )
  const cut = await findCut({
    client,
    registry,
    partitions,
    journal: naming.topic(journal as Topic),
    changelogs: new Set(processors.map((processor) => naming.changelog(processor))),
    distinguishesTransactions,
    stopped,
  })
  const takenAt = new Date()
  await snapshot.allowEdits()
  log('info', 'The cut is taken; the platform may go on writing')

  const isCompacted = (topic: string) => settings.get(topic)?.get('cleanup.policy')?.includes('compact') === true
  const [first, then] = [cut.filter(({ topic }) => isCompacted(topic)), cut.filter(({ topic }) => !isCompacted(topic))]
  const progress = createProgress('Backing up', cut.length + snapshot.tables.length, log)
  let done = 0
  const count = () => progress.update(++done)
  const copied = new Map<PartitionCut, BackedUpPartition>()
  const copy = (cuts: readonly PartitionCut[]) =>
    inParallel(cuts, PARTITIONS_AT_ONCE, async (one) => {
      copied.set(one, await copyPartition(client, folder, one, stopped))
      count()
    })
  try {
    await copy(first)
    if (Date.now() - takenAt.getTime() > COMPACTION_LAG_MS) throw tookTooLong()
    const tables = await copyTables(folder, snapshot, stopped, count)
    await copy(then)
    return {
      format: FORMAT,
      takenAt: takenAt.toISOString(),
      version: VERSION,
      clusterId,
      topicPrefix: config.TOPIC_PREFIX ?? '',
      migrations: snapshot.migrations,
      schemas: schemaSums(registry),
      topics: topics.map(({ name, topicId }): BackedUpTopic => ({
        name,
        topicId,
        settings: Object.fromEntries(
          [...settings.get(name)!].flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
        ),
        partitions: cut.filter(({ topic }) => topic === name).map((one) => copied.get(one)!),
      })),
      tables,
      sequences: snapshot.sequences,
      groups,
    }
  } finally {
    progress.stop()
  }
}

async function existingTopics({ config }: CommandContext, client: KafkaClient) {
  const names = wantedTopics(config).map(({ name }) => name)
  const found = await client.describeTopics(names)
  const missing = names.find((name) => !found.some((topic) => topic.name === name))
  if (missing === undefined) return found
  throw new Error(
    `There is no topic ${missing}: check KAFKA_BROKERS and TOPIC_PREFIX, or create it with \`scoreline topics\`.`,
  )
}

/** Read before the cut, so that none is beyond it. Tasks go on from their changelogs; these only show how far they are. */
async function committedOffsets({ config }: CommandContext, client: KafkaClient): Promise<Manifest['groups']> {
  const naming = namingOf(config)
  const groups = processors.map(async (processor) => {
    const partitions = inputsOf(processor).flatMap((topic) =>
      Array.from({ length: config.TOPIC_PARTITIONS }, (_, partition) => ({ topic: naming.topic(topic), partition })),
    )
    return [naming.group(processor), await client.committedOffsets(naming.group(processor), partitions)] as const
  })
  return Object.fromEntries((await Promise.all(groups)).filter(([, offsets]) => offsets.length > 0))
}

async function copyTables(
  folder: string,
  snapshot: TablesSnapshot,
  stopped: AbortSignal,
  onTable: () => void,
): Promise<BackedUpTable[]> {
  const copied: BackedUpTable[] = []
  for (const table of snapshot.tables) {
    copied.push(await copyTable(folder, snapshot, table, stopped))
    onTable()
  }
  return copied
}

async function copyTable(
  folder: string,
  snapshot: TablesSnapshot,
  table: CopiedTable,
  stopped: AbortSignal,
): Promise<BackedUpTable> {
  const path = join(folder, pathOfTable(table.name))
  await mkdir(dirname(path), { recursive: true, mode: PRIVATE_FOLDER })
  let rows = 0
  async function* frames(): AsyncGenerator<Buffer> {
    for await (const row of snapshot.rows(table)) {
      yield Buffer.from(row)
      rows++
    }
  }
  const sum = await writeFrames(path, frames(), stopped)
  return { ...table, rows, ...sum }
}

async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const unfinished = join(folder, `${MANIFEST}.part`)
  const file = await open(unfinished, 'wx', 0o600)
  try {
    await file.writeFile(formatManifest(manifest))
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(unfinished, join(folder, MANIFEST))
}

function tookTooLong(): Error {
  return new Error(
    `Copying the compacted topics took longer than ${COMPACTION_LAG_MS / 60_000} minutes, so that compaction may have ` +
      'removed what the backup needs: nothing was backed up. Back up when less is going on, from a machine nearer to the brokers.',
  )
}
