import { createKafkaClient } from '../../kafka/kafka-client.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import { createHealth } from '../../streams/health.ts'
import { repeat } from '../../streams/task/loop.ts'
import { inParallel } from '../backup/in-parallel.ts'
import type { StreamMetrics } from '../../streams/metrics.ts'
import type { CommandContext } from '../context.ts'
import { clientOptions, namingOf, openRegistry, wantedTopics } from '../kafka.ts'
import type { RunningPart } from '../running-part.ts'
import { openArchive } from './archive.ts'
import { archiveSource, sourcesOf } from './archive-source.ts'
import { eraseOnce } from './erase-archive.ts'
import { readErased } from './erased-records.ts'
import { removeExpired } from './expire.ts'
import { takeLease } from './lease.ts'
import type { ObjectStore } from '../../files/objects/object-store.ts'
import { rollUp } from './roll-up.ts'
import { folderOf, type ArchivedPartition } from './segment.ts'
import { storeOf } from './store-of.ts'
import { removeOrphans } from './tidy.ts'

const PARTITIONS_AT_ONCE = 4
const RETRY_MS = 60_000
/** How much longer than `ARCHIVE_DAYS` the history of state may be kept, since shortening it reads all of it. */
const LONGER = 1.1

/** What one pass has done. */
export interface ArchivePass {
  /** Segments written, with their records and sizes before and after compression. */
  segments: number
  records: number
  plainBytes: number
  bytes: number
  /** Segments that were older than `ARCHIVE_DAYS`. */
  removed: number
  /** Segments written anew without erased people. */
  erased: number
}

export interface Archiver {
  /** Archives what is new. `everything`: also the partitions that have only a little, and at once without erased people. */
  pass(everything?: boolean): Promise<ArchivePass>
  close(): Promise<void>
}

export interface ArchiveMetrics extends Pick<StreamMetrics, 'gapFound'> {
  /** Notes that everything has been archived that was due at this time, ms. */
  archived(at: number): void
}

/** Opens the archive for writing. Throws if another process writes to it. */
export async function openArchiver(
  context: CommandContext,
  store: ObjectStore = storeOf(context.config),
  metrics?: ArchiveMetrics,
): Promise<Archiver> {
  const { config, log, stopped: signal } = context
  const lease = await takeLease(store)
  const { archive, registry } = await (async () => {
    await store.tidy()
    await removeOrphans(store)
    return { archive: await openArchive(store), registry: await openRegistry(config, log) }
  })().catch(async (error: unknown) => {
    await lease.release()
    throw error
  })
  const client = createKafkaClient(clientOptions(config, 'archive'))
  const caughtUpAt = new Map<string, number>()

  return {
    async pass(everything = false) {
      const done: ArchivePass = { segments: 0, records: 0, plainBytes: 0, bytes: 0, removed: 0, erased: 0 }
      const erased = await readErased(client, namingOf(config), registry)
      const { isDropped } = erased
      const sources = await sourcesOf(client, wantedTopics(config))
      await inParallel(sources, PARTITIONS_AT_ONCE, (source) =>
        archiveSource(source, {
          ...{ client, store, archive, caughtUpAt, everything, isDropped, signal, log },
          onLost: (topic, offsets) => metrics?.gapFound('archive', topic, offsets),
          onSegment(manifest) {
            archive.add(manifest)
            done.segments++
            done.records += manifest.records
            done.plainBytes += manifest.plainBytes
            done.bytes += manifest.bytes
          },
        }),
      )
      done.erased = await eraseOnce({ store, archive, erased, signal, now: everything })
      const compacted = sources.filter(({ compactionLagMs }) => compactionLagMs !== null)
      const [before, onceBefore] = [1, LONGER].map((times) => Date.now() - times * config.ARCHIVE_DAYS * DAY_MS)
      for (const { at } of compacted)
        done.removed += await rollUp({
          store,
          archive,
          partition: at,
          before: before!,
          onceBefore: onceBefore!,
          signal,
        })
      // Of a topic that was recreated, the former incarnation is not rolled up any more.
      const rolledUp = new Set(compacted.map(({ at }) => folderOf(at)))
      const isKept = (range: ArchivedPartition) => rolledUp.has(folderOf(range))
      done.removed += await removeExpired(store, archive, { before: before!, isKept })
      return done
    },
    async close() {
      await client.close()
      await lease.release()
    },
  }
}

/** Archives what is new at each interval, until stopped. */
export async function startArchiver(context: CommandContext, metrics: ArchiveMetrics): Promise<RunningPart> {
  const { config, log } = context
  const stopping = new AbortController()
  const signal = AbortSignal.any([stopping.signal, context.stopped])
  const store = storeOf(config)
  let archiver: Archiver | undefined
  const health = createHealth()
  const working = repeat(signal, async () => {
    try {
      archiver ??= await openArchiver({ ...context, stopped: signal }, store, metrics)
      const startedAt = Date.now()
      const done = await archiver.pass()
      metrics.archived(startedAt)
      health.worked('Archiving')
      log('info', 'The archive is up to date', { ...done })
    } catch (error) {
      if (!signal.aborted) {
        health.failed('Archiving', error)
        log('warn', 'The archive could not be written', { error })
      }
      return RETRY_MS
    }
    return config.ARCHIVE_INTERVAL_MINUTES * 60_000
  })
  return {
    name: 'archive',
    trouble: () => health.trouble(),
    async stop() {
      stopping.abort()
      await working
      await archiver?.close()
    },
  }
}
