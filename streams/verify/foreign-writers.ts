import type { Envelope } from '../../schemas/avro/schema.ts'
import type { TaskName, Writers } from './journal.ts'
import type { PublishedRecord } from './records.ts'
import { DIFFERENCES_MAX, addDifference, formatBytes, type Difference } from './report.ts'

/** A task of the same processor that has written to a partition that another task writes to. */
export interface ForeignWrite {
  readonly topic: string
  readonly at: number
  readonly task: number
}

/** Checks the records that other writers put between a task's own. */
export interface ForeignWriters {
  /** @param decode returns the event if only the processor may write it */
  observe(topic: string, at: number, record: PublishedRecord, decode: () => Envelope | undefined): void
  readonly foreignWrites: readonly ForeignWrite[]
  /** Returns the number of records, by topic, that look like the processor's but were not written by any task. */
  spoofed(): Promise<ReadonlyMap<string, number>>
}

interface Spoofed {
  readonly topic: string
  readonly producerId: number
  readonly first: { readonly place: string; readonly bytes: string }[]
  count: number
}

export function createForeignWriters(
  { source, partition }: TaskName,
  writers: Writers,
  differences: Difference[],
): ForeignWriters {
  const writes = new Map<string, ForeignWrite>()
  const suspects = new Map<string, Spoofed>()

  return {
    get foreignWrites() {
      return [...writes.values()]
    },
    observe(topic, at, { producerId, writtenAt, offset, value }, decode) {
      const writer = writers.taskOf(producerId)
      if (writer !== undefined) {
        if (writer.source === source && writer.partition !== partition)
          writes.set(`${topic}/${writer.partition}`, { topic, at, task: writer.partition })
        return
      }
      if (value === null || writtenAt < writers.since) return
      const event = decode()
      if (event === undefined) return
      const name = `${topic}/${producerId}`
      let suspect = suspects.get(name)
      if (suspect === undefined) suspects.set(name, (suspect = { topic, producerId, first: [], count: 0 }))
      suspect.count++
      if (suspect.first.length < DIFFERENCES_MAX)
        suspect.first.push({ place: `${topic}-${at} at ${offset}: ${event.id}`, bytes: formatBytes(value) })
    },
    async spoofed() {
      const counts = new Map<string, number>()
      // A task that was taken over meanwhile has a new producer id.
      if (suspects.size > 0) await writers.refresh()
      for (const { topic, producerId, first, count } of suspects.values()) {
        if (writers.taskOf(producerId) !== undefined) continue
        for (const { place, bytes } of first)
          addDifference(differences, place, 'no record', `${bytes}, written by none of its tasks`)
        counts.set(topic, (counts.get(topic) ?? 0) + count)
      }
      return counts
    },
  }
}
