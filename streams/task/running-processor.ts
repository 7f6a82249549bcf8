import { hostname } from 'node:os'
import { join } from 'node:path'
import { createStandbySet } from '../checkpoint/standby-set.ts'
import { createStoreShelf } from '../state/store-shelf.ts'
import type { Topic } from '../../schemas/topic.ts'
import type { Processor } from '../../processors/processor.ts'
import type { EngineOptions, EngineTuning } from '../engine-options.ts'
import type { Group, GroupOptions, StandbyCopies } from '../../kafka/client.ts'
import type { GlobalsReader } from '../settings/globals.ts'
import type { Health } from '../health.ts'
import { inputsOf } from '../input/inputs-of.ts'
import { membershipTrouble } from './membership-trouble.ts'
import type { CommitPace } from './commit-pace.ts'
import type { StreamMetrics } from '../metrics.ts'
import { forwardedTopicsOf } from '../input/misplaced.ts'
import { CHANGELOG_DELETE_RETENTION_MS } from '../platform-topics.ts'
import { createTaskSet } from './task-set.ts'
import { writtenTopics } from './task-session.ts'
import type { TaskContext } from './task-context.ts'

export interface RunningProcessor {
  readonly name: string
  partitions(): readonly number[]
  /** Records waiting for the tasks of this process; `undefined` while some tasks are not running. */
  lag(): number | undefined
  wake(): void
  stop(): Promise<void>
}

export interface ProcessorOptions extends Omit<EngineOptions, 'tuning' | 'metrics'> {
  readonly processor: Processor
  readonly tuning: EngineTuning
  readonly metrics: StreamMetrics
  readonly globals: GlobalsReader
  readonly health: Health
  /** Commit pace of the whole engine. */
  readonly commitPace: CommitPace
}

/** Joins the processor's group and runs one task for each partition assigned to this member. */
export async function startProcessor(options: ProcessorOptions): Promise<RunningProcessor> {
  const { client, naming, processor, tuning, metrics } = options
  const inputTopics = inputsOf(processor)
  const topicsNow = await describe(options, inputTopics)
  const tasks = createTaskSet(processor.name, metrics, options.health)
  const shelf = createStoreShelf(join(options.stateDirectory, `${processor.name}-v${processor.version}`))
  const membership: { group?: Group } = {}

  const fetcher = client.fetcher({
    bufferedBytesMax: tuning.bufferedBytesMax,
    onArrival: (_topic, partition) => tasks.wake(partition),
  })
  const commitIntervalMs = processor.commitWithinMs ?? tuning.commitIntervalMs
  const isUrgent = processor.commitWithinMs !== undefined && commitIntervalMs <= tuning.commitIntervalMs
  const context: TaskContext = {
    ...options,
    ...tuning,
    commitIntervalMs,
    commitPace: isUrgent ? undefined : options.commitPace,
    inputTopics,
    fetcher,
    changelogId: topicsNow.changelogId,
    shelf,
    accepted: options.acceptedTopics ?? new Set(),
    partitionCountOf: (topic) => topicsNow.of(topic),
    forwardedTopics: forwardedTopicsOf(processor, options.processors),
    group() {
      if (membership.group === undefined) throw new Error(`${processor.name} is not a member of its group yet.`)
      return membership.group.metadata()
    },
    fencedPauseMs: tuning.sessionTimeoutMs + 1_000,
    checkpointAgeMsMax: CHANGELOG_DELETE_RETENTION_MS / 2,
  }

  const standbys = createStandbySet(context)

  membership.group = await client.joinGroup({
    groupId: naming.group(processor),
    topics: inputTopics.map((topic) => naming.topic(topic)),
    sessionTimeoutMs: tuning.sessionTimeoutMs,
    ...standbyOptions(options, standbys.copies),
    async onAssigned(partitions, group, { partitions: copied, warmups }) {
      membership.group = group
      await standbys.keepOnly(copied)
      tasks.start(context, partitions)
      standbys.start(copied)
      standbys.whenReady(warmups, group.rejoin)
      await shelf.keepOnly([...partitions, ...copied])
    },
    onRevoked: (partitions) => {
      options.atPoint?.('rebalance')
      return tasks.remove(partitions, (task) => task.stop())
    },
    onLost: (partitions) => tasks.remove(partitions, (task) => task.abandon()),
    onTrouble: membershipTrouble(processor.name, options.health, options.log),
    onFatal: options.onFatal,
  })

  return {
    name: processor.name,
    partitions: tasks.partitions,
    lag: tasks.lag,
    wake: tasks.wakeAll,
    async stop() {
      await membership.group?.leave()
      await standbys.close()
      await shelf.close()
      await fetcher.close()
    },
  }
}

/** Heartbeats per session time-out in a group with standbys, so that a member learns quickly that another is gone. */
const HEARTBEATS_PER_SESSION = 20

function standbyOptions(
  { tuning: { standbyReplicas: replicas, sessionTimeoutMs }, processName }: ProcessorOptions,
  copies: () => StandbyCopies,
): Pick<GroupOptions, 'standbys' | 'heartbeatIntervalMs'> {
  if (replicas === 0) return {}
  const heartbeatIntervalMs = Math.ceil(sessionTimeoutMs / HEARTBEATS_PER_SESSION)
  return { heartbeatIntervalMs, standbys: { replicas, process: processName ?? THIS_PROCESS, copies } }
}

/** Name shared by this process's stream threads. Containers may have equal process ids, but not host names. */
const THIS_PROCESS = `${hostname()}:${process.pid}`

/**
 * Returns the partition counts of everything that the processor reads and writes. Throws if its inputs and its
 * changelog have different counts.
 */
async function describe({ client, naming, processor }: ProcessorOptions, inputTopics: readonly Topic[]) {
  const changelog = naming.changelog(processor)
  const inputs = inputTopics.map((topic) => naming.topic(topic))
  const others = writtenTopics(processor).map((topic) => naming.topic(topic))
  const described = await client.describeTopics([...new Set([...inputs, changelog, ...others])])
  const counts = new Map(described.map(({ name, partitionCount }) => [name, partitionCount]))
  const idOf = (topic: string) => described.find(({ name }) => name === topic)!.topicId
  const [first] = inputs
  const wanted = counts.get(first!)
  for (const name of [...inputs, changelog]) {
    if (counts.get(name) !== wanted) {
      throw new Error(
        `${processor.name} can't start: ${name} has ${counts.get(name)} partitions and ${first} has ${wanted}. ` +
          'Topics that are read together must have the same number, or a key is in different partitions of them: recreate the topic with that number.',
      )
    }
  }
  return {
    changelogId: idOf(changelog),
    of(topic: string): number {
      const count = counts.get(topic)
      if (count === undefined)
        throw new Error(`${processor.name} publishes to ${topic}, which is not among its outputs.`)
      return count
    },
  }
}
