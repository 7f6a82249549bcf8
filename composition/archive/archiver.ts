import type { KafkaClient } from '../../kafka/client.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import { createHealth } from '../../streams/health.ts'
import type { RequiredTopic } from '../../streams/platform-topics.ts'
import { repeat } from '../../streams/task/loop.ts'
import { inParallel } from '../backup/in-parallel.ts'
import type { CommandContext } from '../context.ts'
import { clientOptions, wantedTopics } from '../kafka.ts'
import type { RunningPart } from '../running-part.ts'
import { archivePartition } from './archive-partition.ts'
import { archivedEnd, openArchive } from './archive.ts'
import { removeExpired } from './expire.ts'
import type { ObjectStore } from './object-store.ts'
import type { ArchivedPartition } from './segment.ts'
import { storeOf } from './store-of.ts'

const PARTITIONS_AT_ONCE = 4
/** A partition with fewer new offsets than this waits for more, but no longer than a day. */
const WAITING_OFFSETS_MAX = 1_000
/** Compaction that starts a little early, or a broker's clock that is ahead. */
const COMPACTION_MARGIN_MS = 60_000

/** What one pass has archived. */
export interface ArchivePass {
  segments: number
  records: number
  plainBytes: number
  bytes: number
  /** Segments that were older than `ARCHIVE_DAYS`. */
  removed: number
}

export interface Archiver {
  /** Archives what is new. `everything`: also the partitions that have only a little. */
  pass(everything?: boolean): Promise<ArchivePass>
  close(): Promise<void>
}

/** An archived partition, and how its topic is kept on the broker. */
interface Source {
  readonly at: ArchivedPartition
  /** How long compaction leaves superseded records alone, in ms; null if the topic is not compacted. */
  readonly compactionLagMs: number | null
}

/** Opens the archive for writing. The store must be one that nothing else of the kind writes to. */
export async function openArchiver(context: CommandContext, store: ObjectStore = storeOf(context.config)) {
  const { config, log, stopped } = context
  const archive = await openArchive(store)
  const client = createKafkaClient(clientOptions(config, 'archive'))
  /** Times at which partitions were found without new records. */
  const caughtUpAt = new Map<string, number>()

  async function archiveNew(source: Source, everything: boolean, done: ArchivePass): Promise<void> {
    const { at, compactionLagMs } = source
    const ranges = archive.ranges(at)
    const latest = ranges.at(-1)
    const from = archivedEnd(ranges)
    const takenAt = Date.now()
    const end = await client.listOffset(at, 'latest_stable')
    const earliest = await client.listOffset(at, 'earliest')
    const start = Math.max(from ?? 0, earliest)
    const name = `${at.topic}/${at.partition}`
    const before = Math.max(
      latest === undefined ? 0 : (await archive.manifest(latest)).takenAt,
      caughtUpAt.get(name) ?? 0,
    )
    if (start >= end) return void caughtUpAt.set(name, takenAt)
    if (from !== undefined && earliest > from)
      log('error', 'Retention deleted records before they were archived', { topic: at.topic, partition: at.partition })
    const isSmall = end - start < WAITING_OFFSETS_MAX && takenAt - before < DAY_MS
    if (!everything && compactionLagMs === null && isSmall) return
    const lag = compactionLagMs === null ? Infinity : compactionLagMs - COMPACTION_MARGIN_MS
    await archivePartition({
      ...{ client, store, partition: at, from: start, end, takenAt, signal: stopped },
      // What has been there for less than the lag since the last pass, compaction has not touched yet.
      thinned: (_, first) =>
        Date.now() - before > lag && !(first?.offsets[0] === 0 && Date.now() - first.timestamps[0]! < lag),
      onSegment(manifest) {
        archive.add(manifest)
        done.segments++
        done.records += manifest.records
        done.plainBytes += manifest.plainBytes
        done.bytes += manifest.bytes
      },
    })
  }

  return {
    async pass(everything = false): Promise<ArchivePass> {
      const done: ArchivePass = { segments: 0, records: 0, plainBytes: 0, bytes: 0, removed: 0 }
      const sources = await sourcesOf(client, wantedTopics(config))
      await inParallel(sources, PARTITIONS_AT_ONCE, (source) => archiveNew(source, everything, done))
      const isCompacted = new Set(
        sources.flatMap(({ at, compactionLagMs }) => (compactionLagMs === null ? [] : [at.topic])),
      )
      done.removed = await removeExpired(store, archive, {
        before: Date.now() - config.ARCHIVE_DAYS * DAY_MS,
        isKept: ({ topic }) => isCompacted.has(topic),
      })
      return done
    },
    close: () => client.close(),
  } satisfies Archiver
}

async function sourcesOf(client: KafkaClient, wanted: readonly RequiredTopic[]): Promise<Source[]> {
  const described = await client.describeTopics(wanted.map(({ name }) => name))
  const configs = new Map(wanted.map((topic) => [topic.name, topic.configs]))
  return described.flatMap(({ name, topicId, partitionCount }) => {
    const { 'cleanup.policy': policy, 'min.compaction.lag.ms': lag = '0' } = configs.get(name)!
    const compactionLagMs = policy === 'compact' ? Number(lag) : null
    return Array.from({ length: partitionCount }, (_, partition) => ({
      at: { topic: name, topicId, partition },
      compactionLagMs,
    }))
  })
}

/** Archives what is new at each interval, until stopped. */
export async function startArchiver(context: CommandContext): Promise<RunningPart> {
  const { config, log } = context
  const stopping = new AbortController()
  const signal = AbortSignal.any([stopping.signal, context.stopped])
  const archiver = await openArchiver({ ...context, stopped: signal })
  const health = createHealth()
  const working = repeat(signal, async () => {
    try {
      const { segments, records, bytes, removed } = await archiver.pass()
      health.worked('Archiving')
      log('info', 'The archive is up to date', { segments, records, bytes, removed })
    } catch (error) {
      if (!signal.aborted) {
        health.failed('Archiving', error)
        log('warn', 'The archive could not be written', { error })
      }
    }
    return config.ARCHIVE_INTERVAL_MINUTES * 60_000
  })
  return {
    name: 'archive',
    trouble: () => health.trouble(),
    async stop() {
      stopping.abort()
      await working
      await archiver.close()
    },
  }
}
