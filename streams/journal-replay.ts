import type { KafkaClient } from '../kafka/client.ts'
import type { Processor } from '../processors/processor.ts'
import { codecOf } from '../schemas/codec.ts'
import { journal, type DeadLetter, type JournalEntry } from '../schemas/platform.ts'
import type { Registry } from '../schemas/registry.ts'
import type { Message, Topic } from '../schemas/topic.ts'
import { createEventReader } from './event-reader.ts'
import type { GlobalsHistory } from './globals-history.ts'
import type { InputSlice, TakenRun } from './input-slices.ts'
import { inputsOf } from './inputs-of.ts'
import { memoryStore } from './memory-store.ts'
import type { Naming } from './naming.ts'
import { readTopicPartition } from './read-partition.ts'
import { POSITION_KEY, positionKind } from './reserved-kinds.ts'
import { createRounds } from './round.ts'
import { nextSweep } from './sweep.ts'
import { letterOf, nextPosition, runTaskRound } from './task-round.ts'
import type { Store } from './store.ts'
import { createTaskState } from './task-state.ts'

/** What was served can't be repeated: something that it was made of is gone, or never was there. */
export class ReplayGapError extends Error {
  override readonly name = 'ReplayGapError'
}

export interface JournalReplayOptions {
  readonly client: KafkaClient
  readonly naming: Naming
  readonly registry: Registry
  readonly processor: Processor
  readonly partition: number
  readonly globals: GlobalsHistory
  readonly partitionCountOf: (topic: string) => number
  /** The last transaction to replay. */
  readonly until: number
  /** Called in the order in which they were published. */
  readonly onMessage: (message: Message) => void
  readonly onDeadLetter: (letter: DeadLetter) => void
}

export interface JournalReplay {
  readonly transactions: number
  readonly inputs: number
  /** When the last transaction was written, ms. */
  readonly writtenAt: number
  /** Holds every record of the state as it is then. */
  readonly store: Store
}

/** Does again what a task has done, transaction by transaction, as its journal says: the same slices in the same order under the same globals. */
export async function replayJournal(options: JournalReplayOptions): Promise<JournalReplay> {
  const { client, naming, registry, processor, partition, globals, partitionCountOf } = options
  const inputTopics = inputsOf(processor)
  const readers = inputTopics.map((topic) => createEventReader(topic, registry, partitionCountOf(naming.topic(topic))))
  const store = memoryStore()
  const state = createTaskState(store, processor, { cachedRecordsMax: Number.POSITIVE_INFINITY })
  const sources = inputTopics.map((topic) => createSource(client, naming.topic(topic), partition))
  let emitted: Message[] = []
  const round = {
    rounds: createRounds(processor),
    state,
    inputTopics,
    readers,
    begin: () => void (emitted = []),
    emit: (message: Message) => void emitted.push(message),
    undo: () => Promise.resolve(),
  }
  let transactions = 0
  let inputs = 0
  let writtenAt = 0
  try {
    for await (const entry of entriesOf(options)) {
      if (entry.sequence !== transactions + 1) {
        throw new ReplayGapError(
          `the journal goes from transaction ${transactions} to ${entry.sequence}: what lies between them was deleted`,
        )
      }
      const runs: TakenRun[] = []
      for (const slice of entry.slices) {
        const input = inputTopics.findIndex((topic) => naming.topic(topic) === slice.topic)
        if (input < 0) throw new ReplayGapError(`transaction ${entry.sequence} read ${slice.topic}, which is no input any more`)
        for (const run of await sources[input]!.take(slice)) {
          runs.push({ ...run, input })
          inputs += run.to - run.from
        }
      }
      const version = globals.at(entry.globals)
      const before = state.memory(POSITION_KEY).get(positionKind, '')
      const sweep = nextSweep(before, version.decidedUnder(processor), (after, limit) => state.keys(after, limit))
      const { refused } = await runTaskRound(round, { runs }, version, sweep)
      for (const message of emitted) options.onMessage(message)
      for (const { record, error } of refused) options.onDeadLetter(letterOf(processor, record, error))
      state.memory(POSITION_KEY).put(positionKind, '', nextPosition(before, [], version.decidedUnder(processor), sweep))
      state.commit()
      transactions++
      writtenAt = entry.occurredAt
    }
  } finally {
    for (const source of sources) await source.close()
  }
  if (transactions < options.until)
    throw new ReplayGapError(`the journal ends with transaction ${transactions}, the state is that of ${options.until}`)
  state.checkpoint({ changelogId: '', changelogOffset: 0, writtenAt })
  return { transactions, inputs, writtenAt, store }
}

async function* entriesOf(options: JournalReplayOptions): AsyncGenerator<JournalEntry> {
  const { client, naming, registry, processor, partition, until } = options
  const codec = codecOf(journal as Topic, registry)
  for await (const { batch, index } of readTopicPartition(client, { topic: naming.topic(journal as Topic), partition })) {
    const start = batch.valueStarts[index]!
    const entry = codec.decode(batch.bytes, start, start + batch.valueLengths[index]!) as JournalEntry
    const isOurs =
      entry.processor === processor.name &&
      entry.partition === partition &&
      entry.source === `scoreline/${processor.name}@${processor.version}`
    if (isOurs && entry.sequence <= until) yield entry
    if (isOurs && entry.sequence >= until) return
  }
}

/** One input, read slice by slice. */
function createSource(client: KafkaClient, topic: string, partition: number) {
  const fetcher = client.fetcher({ bufferedBytesMax: 4 << 20 })
  let batch: TakenRun['batch'] | undefined
  let index = 0
  let assigned = false

  return {
    close: () => fetcher.close(),
    /** The records of the slice in order. */
    async take({ from, to }: InputSlice): Promise<Omit<TakenRun, 'input'>[]> {
      if (!assigned) {
        const earliest = await client.listOffset({ topic, partition }, 'earliest')
        if (earliest > from)
          throw new ReplayGapError(`${topic} was read from offset ${from}, and is deleted up to offset ${earliest}`)
        await fetcher.assign({ topic, partition }, from)
        assigned = true
      }
      const runs: Omit<TakenRun, 'input'>[] = []
      for (;;) {
        if (batch === undefined || index >= batch.count) {
          batch = fetcher.take(topic, partition)
          index = 0
          if (batch === undefined) {
            // Control records and aborted ones at the slice's end are passed, not read.
            if (fetcher.position(topic, partition) >= to) return runs
            await fetcher.wait(1_000)
            continue
          }
        }
        const first = index
        while (index < batch.count && batch.offsets[index]! < to) index++
        if (index > first) runs.push({ batch, from: first, to: index })
        if (index < batch.count) return runs
        if (fetcher.peek(topic, partition) === undefined && fetcher.position(topic, partition) >= to) return runs
      }
    },
  }
}
