import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Config } from '../../config.ts'
import type { KafkaClient } from '../../kafka/client.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import type { Processor } from '../../processors/processor.ts'
import { processors, topics, processorNamed } from '../../subjects/subjects.ts'
import { openScoringRuntimes } from '../../runtimes/scoring-runtimes.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import type { Topic } from '../../schemas/topic.ts'
import { openDatabase } from '../../store/database.ts'
import type { Naming } from '../../streams/naming.ts'
import { createGlobalsSource } from '../../streams/verify/globals.ts'
import type { VerifyOptions } from '../../streams/verify/options.ts'
import { differencesOf } from '../../streams/verify/task.ts'
import { verifyProcessor, type ProcessorVerification } from '../../streams/verify/processor.ts'
import { openTimeTravel, type TimeTravel } from '../archive/time-travel.ts'
import type { CommandContext } from '../context.ts'
import { backboneOf } from '../training/backbone.ts'
import { modelLoader } from '../engine/engine.ts'
import { clientOptions, namingOf, openRegistry } from '../kafka.ts'
import { databaseUrlOf } from '../services.ts'
import { keepVerification } from './last-verification.ts'
import { sampleTasks } from './verify-sample.ts'
import { verifyDatabase, type DatabaseVerification } from './verify-database.ts'

export interface VerifyRequest {
  /** Default: all. */
  readonly processors?: readonly string[]
  /** Default: all. */
  readonly partitions?: readonly number[]
  /** A sample of this many tasks, chosen by the seed. */
  readonly sample?: { readonly size: number; readonly seed: number }
  /** Seconds to verify from now on, instead of everything since the first transaction. */
  readonly recentSeconds?: number
  readonly database: boolean
  /** Whether a task whose inputs are no longer available counts as verified. */
  readonly allowGaps: boolean
  /** Whether the archive is read before the topics. Default: no. */
  readonly fromArchive?: boolean
  /** A span of the past to verify by the archive, in ms since the epoch. */
  readonly past?: { readonly from: number; readonly to: number }
  /** Folder for the replayed states; default: a folder of this process under `DATA_DIRECTORY`. */
  readonly directory?: string
}

export interface Verification {
  readonly ok: boolean
  readonly processors: Readonly<Record<string, ProcessorVerification>>
  readonly database?: DatabaseVerification
  /** Digests of erased people, whose records the archive does not show. */
  readonly erased?: readonly string[]
}

/** Verifies what the processors have published. Throws only if verification itself is impossible. */
export async function verifyServed(context: CommandContext, request: VerifyRequest): Promise<Verification> {
  const { config, log } = context
  const client = createKafkaClient(clientOptions(config, 'verify'))
  const runtimes = openScoringRuntimes({ backbone: backboneOf(config) })
  const directory = request.directory ?? resolve(config.DATA_DIRECTORY, `verify-${process.pid}`)
  try {
    const naming = namingOf(config)
    const registry = await openRegistry(config, log)
    const named = request.processors?.map(processorNamed) ?? processors
    const described = await describe(client, naming, named)
    const travel =
      request.fromArchive === true || request.past !== undefined
        ? await openTimeTravel({ config, client, naming, registry, described: described.topics })
        : undefined
    const source: VerifiedSource = { client: travel?.client ?? client, naming, registry, directory, ...described }
    const all = named.map((processor) => ({ processor, partitions: partitionsOf(processor, source, request) }))
    const chosen = request.sample === undefined ? all : sampleTasks(all, request.sample.size, request.sample.seed)
    const globals = createGlobalsSource({
      ...{ client: source.client, naming, registry, processors },
      loadModel: modelLoader(runtimes),
    })
    const outcomes: Record<string, ProcessorVerification> = {}
    for (const { processor, partitions } of chosen)
      outcomes[processor.name] = await verifyProcessor({
        ...source,
        ...verifyingOf(context, request),
        ...(travel === undefined ? {} : archivedSpan(travel, request)),
        processor,
        processors,
        partitions,
        globals,
      })
    const database = request.database ? await compareWithDatabase(config, source) : undefined
    const ok =
      Object.values(outcomes).every((outcome) => isVerified(outcome, request.allowGaps)) &&
      (database?.different ?? 0) === 0
    const outcome = {
      ...{ ok, processors: outcomes },
      ...(database === undefined ? {} : { database }),
      ...(travel === undefined ? {} : { erased: travel.digests }),
    }
    keepOutcome(config, outcome)
    return outcome
  } finally {
    rmSync(directory, { recursive: true, force: true })
    await runtimes.close()
    await client.close()
  }
}

/** Keeps the outcome for `scoreline doctor`, if there was anything to verify. */
function keepOutcome(config: Config, { processors: outcomes, database }: Verification): void {
  const verified = Object.values(outcomes).flatMap(({ tasks }) => tasks.filter(({ transactions }) => transactions > 0))
  if (verified.length === 0) return
  const tasks = verified.map(({ processor, partition }) => `${processor}/${partition}`)
  const differences = verified.reduce((sum, task) => sum + differencesOf(task), database?.different ?? 0)
  const what = tasks.length === 1 ? tasks[0]! : `${tasks.length} tasks`
  keepVerification(config, { at: new Date().toISOString(), what, differences })
}

/** The verified deployment, and a folder for temporary states. */
type VerifiedSource = Pick<
  VerifyOptions,
  'client' | 'naming' | 'registry' | 'directory' | 'partitionCountOf' | 'topicIdOf'
>

async function describe(client: KafkaClient, naming: Naming, named: readonly Processor[]) {
  const names = [...topics.map((topic) => naming.topic(topic as Topic)), ...named.map((one) => naming.changelog(one))]
  const described = await client.describeTopics(names)
  const found = new Map(described.map((topic) => [topic.name, topic]))
  return {
    topics: described,
    partitionCountOf: (topic: string) => found.get(topic)?.partitionCount ?? 1,
    topicIdOf: (topic: string) => found.get(topic)?.topicId ?? '',
  }
}

function partitionsOf(
  processor: Processor,
  { naming, partitionCountOf }: VerifiedSource,
  { partitions }: VerifyRequest,
): readonly number[] {
  const count = partitionCountOf(naming.changelog(processor))
  const outside = partitions?.find((partition) => !Number.isInteger(partition) || partition < 0 || partition >= count)
  if (outside !== undefined)
    throw new Error(`${processor.name} has no partition ${outside}: it has 0 to ${count - 1}. Change --partitions.`)
  return partitions ?? [...Array(count).keys()]
}

function archivedSpan(travel: TimeTravel, { past }: VerifyRequest): Pick<VerifyOptions, 'past' | 'trustedUntil'> {
  const completeFrom = (topic: string, partition: number) => travel.completeFrom({ topic, partition })
  // Compaction may have thinned what was there before the archive began, so that only its result is known.
  if (past === undefined) return { trustedUntil: completeFrom }
  const offsetBefore = (topic: string, partition: number, time: number) =>
    travel.offsetBefore({ topic, partition }, time)
  return { past: { ...past, offsetBefore, completeFrom } }
}

function verifyingOf({ log, stopped }: CommandContext, { recentSeconds: seconds }: VerifyRequest) {
  return {
    signal: stopped,
    log: (line: string) => log('info', line),
    ...(seconds === undefined ? {} : { recent: () => delay(seconds * 1_000, undefined, { signal: stopped }) }),
  }
}

async function compareWithDatabase(config: Config, source: VerifiedSource): Promise<DatabaseVerification> {
  const pool = openDatabase({ url: databaseUrlOf(config), poolMax: 1 })
  try {
    return await verifyDatabase({
      ...source,
      database: pool,
      scoresRetentionMs: config.SCORES_RETENTION_DAYS === 0 ? null : config.SCORES_RETENTION_DAYS * DAY_MS,
    })
  } finally {
    await pool.destroy()
  }
}

function isVerified({ tasks }: ProcessorVerification, allowGaps: boolean): boolean {
  return tasks.every((task) => differencesOf(task) === 0 && (allowGaps || task.gap === undefined))
}
