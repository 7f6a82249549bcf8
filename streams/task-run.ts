import { join } from 'node:path'
import type { TransactionalProducer } from '../kafka/client.ts'
import { sourceOf, type Processor } from '../processors/processor.ts'
import { deadLetters, gaps, journal, misplacedRecords } from '../schemas/platform.ts'
import type { Message, Topic } from '../schemas/topic.ts'
import { createLetters } from './dead-letter.ts'
import { createReaders } from './event-reader.ts'
import type { GlobalsVersion } from './globals.ts'
import { createInputSlices, type Taken } from './input-slices.ts'
import { createOutbox } from './outbox.ts'
import { gapOf } from './gap.ts'
import { POSITION_KEY, positionKind, topicKind, type Position } from './reserved-kinds.ts'
import { restore } from './restore.ts'
import { createPace } from './pace.ts'
import { createRounds } from './round.ts'
import { staggered } from './staggered.ts'
import { openStore, type CheckpointMark } from './store.ts'
import { nextSweep } from './sweep.ts'
import { startOf, type TaskStart } from './task-start.ts'
import type { TaskContext } from './task-context.ts'
import { nextPosition, runTaskRound } from './task-round.ts'
import { createTaskState, type TaskState } from './task-state.ts'

/** The life of a task between two failures. */
export interface TaskRun {
  /** One transaction over what has come; `worked`: there was something to do. Any error ends the run. */
  transact(): Promise<{ readonly worked: boolean; readonly full: boolean }>
  checkpointIfDue(): Promise<void>
  /** One is being written, a piece with each call. */
  isCheckpointing(): boolean
  /** Bytes, about, that only memory and changelog hold. */
  unflushedBytes(): number
  /** Records that wait; `undefined`: not known yet. */
  lag(): number | undefined
  /** Why an input could not be read for a while now, though it is tried again. */
  failing(): Error | undefined
  /** Gives the partitions, the producer and the store back; `keep` writes a last checkpoint. */
  close(keep: boolean): Promise<void>
}

/**
 * Takes the task over: (1) fence the former owner; (2) claim the store; (3) bring it to the changelog's end as it is after fencing; (4) seek to the positions
 * that the changelog holds. Only then is anything folded. `undefined` if `signal` came first.
 */
export async function openTaskRun(context: TaskContext, partition: number, signal: AbortSignal): Promise<TaskRun | undefined> {
  const { client, naming, processor, fetcher, metrics, log } = context
  const topics = context.inputTopics.map((topic) => naming.topic(topic))
  const changelog = { topic: naming.changelog(processor), partition }
  // Where a broker that crashed has left a transaction of a former owner hanging, init ends it as it was decided.
  const written = [changelog.topic, ...writtenTopics(processor).map((topic) => naming.topic(topic))]
  const producer = client.transactionalProducer(naming.transactionalId(processor, partition), {
    writesTo: { topics: written, groupId: naming.group(processor) },
  })
  const close: (() => Promise<void> | void)[] = [() => producer.close()]
  const closeAll = async () => {
    for (const step of close.reverse()) await step()
  }
  try {
    const startedAt = performance.now()
    await producer.init()
    const directory = join(context.stateDirectory, `${processor.name}-v${processor.version}`, String(partition))
    const store = await openStore(directory, `${producer.producerId}:${producer.producerEpoch}`, signal)
    close.push(() => store.close())
    const records = await restore({
      client,
      changelog,
      changelogId: context.changelogId,
      store,
      checkpointAgeMsMax: context.checkpointAgeMsMax,
      now: Date.now,
      cancelled: () => signal.aborted,
      atPoint: context.atPoint,
    })
    const durationMs = performance.now() - startedAt
    metrics.taskRestored(processor.name, partition, { records, durationMs })
    if (records > 100_000)
      log('info', `${processor.name}/${partition}: ${records} changelog records restored in ${Math.round(durationMs)} ms`)

    const state = createTaskState(store, processor, { cachedRecordsMax: context.cachedRecordsMax })
    const start = await startOf(context, partition, state)
    state.commit()
    tellGaps(context, partition, start)
    for (const [index, topic] of topics.entries()) {
      const at = { topic, partition }
      close.push(() => fetcher.unassign(at))
      await fetcher.assign(at, start.offsets[index]!, start.topicIds.get(topic))
    }
    if (signal.aborted) {
      await closeAll()
      return undefined
    }
    const run = createRun(context, partition, producer, state, start)
    let checkpointedAt = Date.now() - staggered(partition, context.checkpointIntervalMs)
    let piecewise: CheckpointMark | undefined

    /**
     * Behind the last record of this task's own that is committed, never the changelog's end: that may be a successor's already, whose records are not in this
     * state.
     */
    function markNow(): CheckpointMark {
      const own = producer.acknowledgedTo(changelog.topic, partition) ?? 0
      const changelogOffset = Math.max(own, store.mark()?.changelogOffset ?? 0)
      return { changelogId: context.changelogId, changelogOffset, writtenAt: Date.now() }
    }

    return {
      ...run,
      unflushedBytes: () => state.unflushedBytes,
      isCheckpointing: () => piecewise !== undefined,
      async checkpointIfDue() {
        const due =
          Date.now() - checkpointedAt >= context.checkpointIntervalMs || state.unflushedBytes >= context.unflushedBytesMax
        if (piecewise === undefined && (!due || state.unflushedBytes === 0)) return
        piecewise ??= markNow()
        context.atPoint?.('checkpoint')
        if (!state.checkpointPiece(piecewise)) return
        piecewise = undefined
        checkpointedAt = Date.now()
      },
      async close(keep) {
        try {
          if (keep && state.unflushedBytes > 0) state.checkpoint(markNow())
        } finally {
          await closeAll()
        }
      },
    }
  } catch (error) {
    await closeAll().catch(() => {})
    if (signal.aborted) return undefined
    throw error
  }
}

function tellGaps({ processor, metrics, log }: TaskContext, partition: number, { gaps }: TaskStart): void {
  for (const { topic, from, to } of gaps) {
    metrics.gapFound(processor.name, topic, to - from)
    log(
      'error',
      `${processor.name}/${partition}: the offsets ${from} to ${to - 1} of ${topic} were deleted before they were read. The task goes on at ${to}; ` +
        'the gap is on record in the topic gaps. Lengthen the topic’s retention, or let the processors run more often.',
    )
  }
}

/** Every topic that a task writes to beside its changelog. */
export function writtenTopics(processor: Processor): readonly Topic[] {
  return [...processor.outputs, misplacedRecords as Topic, deadLetters as Topic, gaps as Topic, journal as Topic]
}

/**
 * The commit order. (1) take a slice of each input; (2) begin; (3) decode, set bad records aside; (4) fold, row, score, decide, and write what that
 * gives; (5) misplaced records that are sent on, dead letters; (6) the new position among the state's records, all of them to the changelog; (7) the journal; (8) input
 * offsets with the group's generation; (9) commit; (10) the staged state is the state.
 */
function createRun(
  context: TaskContext,
  partition: number,
  producer: TransactionalProducer,
  state: TaskState,
  start: TaskStart,
): Pick<TaskRun, 'transact' | 'lag' | 'failing'> {
  const { processor, naming, registry, metrics, partitionCountOf } = context
  const topics = context.inputTopics.map((topic) => naming.topic(topic))
  const slices = createInputSlices(context.fetcher, topics, partition, start.offsets)
  const readers = createReaders(context.inputTopics, registry, (topic) => partitionCountOf(naming.topic(topic)))
  const outbox = createOutbox({ producer, naming, registry, changelog: naming.changelog(processor), partition, partitionCountOf })
  const letterOf = createLetters(processor, naming, registry)
  let messages = 0
  const round = {
    processor,
    rounds: createRounds(processor),
    state,
    inputTopics: context.inputTopics,
    readers,
    sendsOn: context.sendsOn,
    topicIdOf: (topic: Topic) => start.topicIds.get(naming.topic(topic))!,
    begin() {
      producer.begin()
      // Whoever verifies tells a producer's transactions apart, and their order, by it: a clock that is set back must not mix them.
      outbox.writtenAt = Math.max(outbox.writtenAt, Date.now())
      messages = 0
    },
    emit(message: Message) {
      outbox.message(message)
      messages++
    },
    undo: () => producer.abort(),
  }
  const pace = createPace(context)
  /** Of what was found when the task was taken over; the first transaction puts it on record. */
  let unrecorded = start.gaps
  let topicsNoted = false

  return {
    transact,
    lag: () => slices.lag(),
    failing() {
      for (const topic of topics) {
        const error = context.fetcher.failing(topic, partition)
        if (error !== undefined) return error
      }
      return undefined
    },
  }

  async function transact() {
    const startedAt = performance.now()
    const globals = context.globals.current()
    const taken = slices.take({ recordsMax: pace.recordsMax(), bytesMax: context.bytesMax })
    const before = state.memory(POSITION_KEY).get(positionKind, '')
    const sweep = nextSweep(before, globals.decidedUnder(processor), (after, limit) => state.keys(after, limit))
    if (taken.count === 0 && sweep === undefined && unrecorded.length === 0) return { worked: false, full: false }

    const { result, refused, sentOn } = await runTaskRound(round, taken, globals, sweep)
    for (const refusal of refused) outbox.deadLetter(letterOf(refusal, outbox.writtenAt))
    for (const gap of unrecorded) outbox.message(gapOf(processor, gap, outbox.writtenAt))
    const kept = state.memory(POSITION_KEY)
    for (const [topic, topicId] of topicsNoted ? [] : start.topicIds)
      if (kept.get(topicKind, topic)?.topicId !== topicId) kept.put(topicKind, topic, { topicId })
    const after = nextPosition(before, slices.positions(), globals.decidedUnder(processor), sweep)
    kept.put(positionKind, '', after)
    state.stageFormats()
    outbox.changelog(state.staged())
    outbox.journal(journalEntry(processor, partition, after, taken, globals, outbox.writtenAt))
    pace.worked(taken.count, performance.now() - startedAt)
    const offsets = after.inputs.map(({ topic, offset }) => ({ topic, partition, offset }))
    // They travel with the last batches; the commit waits for both, and fails as either does.
    void producer.sendOffsets(context.group(), offsets)
    context.atPoint?.('commit')
    await producer.commit()
    context.atPoint?.('committed')
    state.commit()
    unrecorded = []
    topicsNoted = true

    metrics.transactionCommitted(processor.name, {
      events: taken.count,
      scored: result.scored,
      messages,
      durationMs: performance.now() - startedAt,
    })
    const oldest = oldestTimestamp(taken)
    if (oldest !== undefined) metrics.latency(processor.name, Date.now() - oldest)
    for (const topic of sentOn) metrics.forwarded(processor.name, topic.name)
    if (result.duplicates > 0) metrics.duplicatesDropped(processor.name, result.duplicates)
    for (const { error } of refused) metrics.deadLettered(processor.name, error.code)
    metrics.lag(processor.name, partition, slices.lag() ?? 0)
    return { worked: true, full: taken.full || sweep?.more === true }
  }
}

function journalEntry(
  processor: Processor,
  partition: number,
  position: Position,
  taken: Taken,
  globals: GlobalsVersion,
  now: number,
) {
  return {
    id: `${processor.name}/${partition}/${position.sequence}`,
    occurredAt: now,
    source: sourceOf(processor),
    processor: processor.name,
    partition,
    sequence: position.sequence,
    slices: taken.slices,
    globals: globals.positions,
    swept: position.sweptTo,
  }
}

/** Within a run the broker's order is good enough: the first of each. */
function oldestTimestamp({ runs }: Taken): number | undefined {
  let oldest: number | undefined
  for (const { batch, from } of runs) {
    const time = batch.timestamps[from]!
    if (time >= 0 && (oldest === undefined || time < oldest)) oldest = time
  }
  return oldest
}
