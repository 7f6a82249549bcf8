import type { Gap } from '../../schemas/platform/platform.ts'
import { POSITION_KEY, positionKind, topicKind } from '../state/reserved-kinds.ts'
import { idsOf, isReplaced, topicReplaced } from '../input/replaced-topics.ts'
import { acceptance } from '../input/replaced-topics.ts'
import type { TaskContext } from './task-context.ts'
import type { TaskState } from '../state/task-state.ts'

/** Positions from which a task continues. */
export interface TaskStart {
  /** One offset per input. */
  readonly offsets: readonly number[]
  /** Ids of the inputs and the global topics, by name. */
  readonly topicIds: ReadonlyMap<string, string>
  /** Ranges that retention deleted before they were read. */
  readonly gaps: readonly Pick<Gap, 'topic' | 'partition' | 'from' | 'to'>[]
}

/**
 * Returns the positions from the changelog, or the earliest offsets if there are none. Positions are checked against
 * the topics as they are now: a recreated topic is an error until an operator chooses; records deleted by retention are
 * a gap, which the task skips.
 */
export async function startOf(context: TaskContext, partition: number, state: TaskState): Promise<TaskStart> {
  const { client, naming, processor, accepted } = context
  const reader = `${processor.name}/${partition}`
  const topics = context.inputTopics.map((topic) => naming.topic(topic))
  const kept = state.keyedState(POSITION_KEY)
  const position = kept.get(positionKind, '')
  const knownId = (topic: string) => kept.get(topicKind, topic)?.topicId

  const globals = context.globals.topicIds()
  for (const [topic, now] of globals) {
    const also = 'The settings or releases that it held are gone with it. '
    isReplaced({ reader, topic, before: knownId(topic), now, also }, accepted)
  }
  const inputs = idsOf(topics, await client.describeTopics(topics))
  const offsets = new Map(position?.inputs.map(({ topic, offset }) => [topic, offset]))
  await checkChangelog(context, partition, offsets.size > 0)

  const gaps: TaskStart['gaps'][number][] = []
  const starts = await Promise.all(
    topics.map(async (topic) => {
      const earliest = await client.listOffset({ topic, partition }, 'earliest')
      const offset = offsets.get(topic)
      if (isReplaced({ reader, topic, before: knownId(topic), now: inputs.get(topic)! }, accepted)) return earliest
      if (offset === undefined) return earliest
      if (offset < earliest) gaps.push({ topic, partition, from: offset, to: earliest })
      return Math.max(offset, earliest)
    }),
  )
  return { offsets: starts, topicIds: new Map([...inputs, ...globals]), gaps }
}

/**
 * Throws if the changelog has lost the state. A transaction writes positions to the changelog and commits them to the
 * group, so positions in the group alone mean that the state is lost.
 */
async function checkChangelog(context: TaskContext, partition: number, hasPosition: boolean): Promise<void> {
  if (hasPosition) return
  const { client, naming, processor, inputTopics, changelogId, accepted } = context
  const partitions = inputTopics.map((topic) => ({ topic: naming.topic(topic), partition }))
  const committed = await client.committedOffsets(naming.group(processor), partitions)
  const topic = naming.changelog(processor)
  if (committed.length === 0 || accepted.has(acceptance(topic, changelogId))) return
  const also =
    'It held the state: the task would go on without it. With the choice below it is built again from the inputs that are still there. '
  throw topicReplaced({ reader: `${processor.name}/${partition}`, topic, before: undefined, now: changelogId, also })
}
