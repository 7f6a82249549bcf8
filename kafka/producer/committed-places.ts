import type { TopicPartition } from '../client.ts'
import { KafkaError } from '../errors.ts'
import type { RecordPlace } from './pending-send.ts'

interface Batch {
  readonly baseOffset: number
  readonly count: number
}

interface Written {
  readonly topic: string
  readonly records: readonly { readonly partition: number }[]
}

/**
 * Computes the offset of each record of a transaction from its batches, since records of other writers may lie between
 * two batches.
 */
export interface CommittedPlaces {
  clear(): void
  /** Adds an acknowledged batch. */
  add(partition: TopicPartition, baseOffset: number, count: number): void
  /** Returns the places of all records, which must be passed in the order in which they were appended. */
  of(writes: readonly Written[]): readonly (readonly RecordPlace[])[]
}

export function createCommittedPlaces(): CommittedPlaces {
  const batches = new Map<string, Batch[]>()
  const keyOf = (topic: string, partition: number) => `${topic}/${partition}`

  /**
   * Yields a partition's offsets in order. Sequence numbers ensure that its batches are in the log in the order in
   * which they were closed.
   */
  function* offsetsOf(list: readonly Batch[]): Generator<number, undefined> {
    for (const { baseOffset, count } of list.toSorted((one, other) => one.baseOffset - other.baseOffset))
      for (let i = 0; i < count; i++) yield baseOffset + i
  }

  return {
    clear: () => batches.clear(),
    add({ topic, partition }, baseOffset, count) {
      const key = keyOf(topic, partition)
      const list = batches.get(key)
      if (list === undefined) batches.set(key, [{ baseOffset, count }])
      else list.push({ baseOffset, count })
    },
    of(writes) {
      const cursors = new Map([...batches].map(([key, list]) => [key, offsetsOf(list)]))
      return writes.map(({ topic, records }) =>
        records.map(({ partition }) => {
          const offset = cursors.get(keyOf(topic, partition))?.next().value
          if (offset !== undefined) return { partition, offset }
          const message = `A broker has a batch of ${topic}-${partition} but no longer knows its offset. Writing it again`
          throw new KafkaError(message, 'PLACE_UNKNOWN', 'abortable')
        }),
      )
    },
  }
}
