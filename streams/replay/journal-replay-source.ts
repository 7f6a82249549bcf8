import type { KafkaClient } from '../../kafka/client.ts'
import { KafkaError } from '../../kafka/errors.ts'
import type { InputSlice, PolledRun } from '../input/input-slices.ts'
import { ReplayGapError } from './journal-replay-gap.ts'

/** One input of a task, read slice by slice. */
export interface ReplaySource {
  /** Returns the records of the slice in order. Throws `ReplayGapError` if they were deleted. */
  take(slice: InputSlice, sequence: number): Promise<Omit<PolledRun, 'input'>[]>
  close(): Promise<void>
}

export function createReplaySource(client: KafkaClient, topic: string, partition: number): ReplaySource {
  const fetcher = client.fetcher({ bufferedBytesMax: 4 << 20 })
  let batch: PolledRun['batch'] | undefined
  let index = 0
  let next: number | undefined

  async function begin(from: number, sequence: number): Promise<void> {
    const earliest = await client.listOffset({ topic, partition }, 'earliest')
    if (earliest > from)
      throw new ReplayGapError(
        `from transaction ${sequence} on: ${topic} was read from offset ${from}, and is deleted up to offset ${earliest}`,
      )
    await fetcher.assign({ topic, partition }, from)
  }

  /** Waits for more records. Throws `ReplayGapError` if retention has overtaken the replay. */
  async function more(sequence: number): Promise<void> {
    try {
      await fetcher.wait(1_000)
    } catch (error) {
      if (error instanceof KafkaError && error.code === 'OFFSET_OUT_OF_RANGE')
        throw new ReplayGapError(`from transaction ${sequence} on: ${error.message}`)
      throw error
    }
  }

  return {
    close: () => fetcher.close(),
    async take({ from, to }, sequence) {
      if (next === undefined) await begin(from, sequence)
      else if (from < next)
        throw new ReplayGapError(`from transaction ${sequence} on: ${topic} was recreated and read from its beginning`)
      next = to
      const runs: Omit<PolledRun, 'input'>[] = []
      for (;;) {
        if (batch === undefined || index >= batch.count) {
          batch = fetcher.take(topic, partition)
          index = 0
          if (batch === undefined) {
            // Control records and aborted records at the end of the slice are skipped.
            if (fetcher.position(topic, partition) >= to) return runs
            await more(sequence)
            continue
          }
        }
        const first = index
        while (index < batch.count && batch.offsets[index]! < to) index++
        if (index > first) runs.push({ batch, from: first, to: index })
        // The next record is beyond the slice.
        if (index < batch.count || batch.offsets[batch.count - 1]! + 1 >= to) return runs
      }
    },
  }
}
