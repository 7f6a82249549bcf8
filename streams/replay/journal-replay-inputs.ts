import type { KafkaClient } from '../../kafka/client.ts'
import type { Processor } from '../../processors/processor.ts'
import type { JournalEntry } from '../../schemas/platform/platform.ts'
import type { PolledRun } from '../input/input-slices.ts'
import { inputsOf } from '../input/inputs-of.ts'
import type { Naming } from '../naming.ts'
import { ReplayGapError } from './journal-replay-gap.ts'
import { createReplaySource } from './journal-replay-source.ts'

export interface ReplayInputsOptions {
  readonly client: KafkaClient
  readonly naming: Naming
  readonly processor: Processor
  readonly partition: number
}

/** Reads a task's inputs again as its journal recorded them. */
export interface ReplayInputs {
  /** Returns the records of a transaction in the order in which they were folded. Throws `ReplayGapError`. */
  take(entry: JournalEntry): Promise<PolledRun[]>
  close(): Promise<void>
}

export function createReplayInputs({ client, naming, processor, partition }: ReplayInputsOptions): ReplayInputs {
  const topics = inputsOf(processor).map((topic) => naming.topic(topic))
  const sources = topics.map((topic) => createReplaySource(client, topic, partition))
  return {
    async take({ slices, sequence }) {
      const runs: PolledRun[] = []
      for (const slice of slices) {
        const input = topics.indexOf(slice.topic)
        if (input < 0)
          throw new ReplayGapError(`because transaction ${sequence} read ${slice.topic}, which is no longer an input`)
        for (const run of await sources[input]!.take(slice, sequence)) runs.push({ ...run, input })
      }
      return runs
    },
    async close() {
      for (const source of sources) await source.close()
    },
  }
}
