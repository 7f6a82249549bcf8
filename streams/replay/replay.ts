import type { Globals, Processor, State } from '../../processors/processor.ts'
import type { EventError } from '../../schemas/event-error.ts'
import type { Envelope } from '../../schemas/avro/schema.ts'
import type { Message, Topic } from '../../schemas/topic.ts'
import { memoryStore } from '../state/memory-store.ts'
import type { Place } from '../task/pending-score.ts'
import type { Arrival, Refusal } from '../task/fold-batch.ts'
import { createBatchProcessor, PoisonError } from '../task/batch.ts'
import { createTaskState } from '../state/task-state.ts'
import type { DueTimer } from '../task/timers.ts'

/** An event to replay; `offset` counts up by default. */
export interface ReplayInput {
  readonly topic: Topic
  readonly value: unknown
  readonly partition?: number
  readonly offset?: number
}

export interface Replay {
  /** Folds these events in batches of `batchSize` and returns the published messages. */
  run(inputs: Iterable<ReplayInput>, globals: Globals): Promise<readonly Message[]>
  /** Scores and decides every subject of every key again, as after a change of globals. */
  reevaluate(globals: Globals): Promise<readonly Message[]>
  state(key: string): State
  /** Events that the processor refused, each with the cause. */
  readonly refused: readonly { readonly input: Arrival; readonly failure: EventError }[]
  readonly duplicates: number
}

/**
 * Runs a processor without Kafka: for tests, backfill, training rows and scores on request. It runs the same batches as
 * the task, so that both give the same results.
 */
export function createReplay(processor: Processor, { batchSize = 500 }: { readonly batchSize?: number } = {}): Replay {
  const batchProcessor = createBatchProcessor(processor)
  const state = createTaskState(memoryStore(), processor, { cachedRecordsMax: Number.POSITIVE_INFINITY })
  const refused: { input: Arrival; failure: EventError }[] = []
  let duplicates = 0
  let nextOffset = 0
  let reevaluations = 0

  /** Moves the arrivals of a refusal to `refused` and returns the others. */
  function setAside(arrivals: readonly Arrival[], { place, failure }: Refusal): readonly Arrival[] {
    const refusedNow = arrivals.filter((arrival) => isAt(arrival, place))
    for (const input of refusedNow) refused.push({ input, failure })
    return arrivals.filter((arrival) => !refusedNow.includes(arrival))
  }

  async function runBatch(
    arrivals: readonly Arrival[],
    globals: Globals,
    reevaluation: readonly string[],
  ): Promise<readonly Message[]> {
    let remaining = arrivals
    let reevaluated = reevaluation
    const skippedTimers: DueTimer[] = []
    for (;;) {
      const messages: Message[] = []
      try {
        const emit = (message: Message) => void messages.push(message)
        const result = await batchProcessor.run(state, remaining, globals, emit, {
          reevaluation: reevaluated,
          reevaluationId: String(reevaluations),
          skippedTimers,
        })
        state.commit()
        duplicates += result.duplicates
        for (const refusal of result.refused) if (refusal.timer === undefined) setAside(remaining, refusal)
        return messages
      } catch (error) {
        state.rollback()
        if (!(error instanceof PoisonError)) throw error
        const { refusal, reevaluatedKey } = error
        if (refusal?.timer !== undefined) skippedTimers.push(refusal.timer)
        else if (refusal !== undefined) remaining = setAside(remaining, refusal)
        else reevaluated = reevaluated.filter((key) => key !== reevaluatedKey)
      }
    }
  }

  return {
    async run(inputs, globals) {
      const messages: Message[] = []
      let batch: Arrival[] = []
      for (const { topic, value, partition = 0, offset = nextOffset++ } of inputs) {
        const key = topic.keyOf(value)
        batch.push({ kind: 'event', topic, partition, offset, key, event: value as Envelope })
        if (batch.length < batchSize) continue
        messages.push(...(await runBatch(batch, globals, [])))
        batch = []
      }
      messages.push(...(await runBatch(batch, globals, [])))
      return messages
    },
    async reevaluate(globals) {
      reevaluations++
      return runBatch([], globals, state.keys(null, Number.POSITIVE_INFINITY))
    },
    state: (key) => state.keyedState(key),
    refused,
    get duplicates() {
      return duplicates
    },
  }
}

function isAt(arrival: Arrival, { topic, partition, offset }: Place): boolean {
  return arrival.topic === topic && arrival.partition === partition && arrival.offset === offset
}

/** Replays once and returns the published messages. Throws on a refused event. */
export async function replay(
  processor: Processor,
  inputs: Iterable<ReplayInput>,
  globals: Globals,
  options: { readonly batchSize?: number } = {},
): Promise<readonly Message[]> {
  const run = createReplay(processor, options)
  const messages = await run.run(inputs, globals)
  const [first] = run.refused
  if (first !== undefined) throw first.failure
  return messages
}

/** Globals without models and settings. */
export const noGlobals: Globals = {
  get: () => undefined,
  model: () => undefined,
}
