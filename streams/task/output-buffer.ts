import type { TransactionalProducer } from '../../kafka/client.ts'
import { partitionOfBytes } from '../../kafka/producer/partition-of-key.ts'
import { codecOf, type Codec } from '../../schemas/avro/codec.ts'
import { deadLetters, journal, type DeadLetter, type JournalEntry } from '../../schemas/platform/platform.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Message, Topic } from '../../schemas/topic.ts'
import type { StateEntry } from '../state/state-entry.ts'
import type { Naming } from '../naming.ts'
import { storedValue, writeRecordKey, writeText } from '../state/record-key.ts'

/** Writes the output of a batch to the open transaction of a task's producer, encoding each record immediately. */
export interface OutputBuffer {
  /** Appends a message to the partition of its key. Throws `EventError` for a value that does not fit its topic. */
  message(message: Message): void
  deadLetter(letter: DeadLetter): void
  journal(entry: JournalEntry): void
  changelog(entries: readonly StateEntry[]): void
  /** Timestamp of the records that follow, in ms. */
  writtenAt: number
}

export interface OutputBufferOptions {
  readonly producer: TransactionalProducer
  readonly naming: Naming
  readonly registry: Registry
  readonly changelog: string
  readonly partition: number
  readonly partitionCountOf: (topic: string) => number
}

interface Route {
  readonly name: string
  readonly partitionCount: number
  readonly codec: Codec<unknown>
}

/** Size beyond which a scratch buffer is not kept. */
const SCRATCH_BYTES_MAX = 1 << 20

export function createOutputBuffer({
  producer,
  naming,
  registry,
  changelog,
  partition,
  partitionCountOf,
}: OutputBufferOptions): OutputBuffer {
  const routes = new Map<Topic, Route>()
  let scratch = Buffer.allocUnsafeSlow(1 << 14)

  function routeOf(topic: Topic): Route {
    let route = routes.get(topic)
    if (route === undefined) {
      const name = naming.topic(topic)
      route = { name, partitionCount: partitionCountOf(name), codec: codecOf(topic, registry) }
      routes.set(topic, route)
    }
    return route
  }

  /** Appends a record. The producer copies key and value from the scratch buffer, where they are adjacent. */
  function append({ name, partitionCount, codec }: Route, key: string, value: unknown, to: number | undefined): void {
    let buffer = roomFor(key.length * 3)
    let keyEnd = writeText(buffer, 0, key)
    let end = value === null ? -1 : codec.encodeInto(value, buffer, keyEnd)
    if (value !== null && end < 0) {
      buffer = roomFor(2 * (buffer.length - end))
      keyEnd = writeText(buffer, 0, key)
      end = codec.encodeInto(value, buffer, keyEnd)
    }
    const at = to ?? partitionOfBytes(buffer, 0, keyEnd, partitionCount)
    producer.appendFrom(name, at, outputBuffer.writtenAt, buffer, 0, keyEnd, end)
  }

  function appendState(entry: StateEntry): void {
    const { key, id } = entry
    const { name } = entry.of.kind
    const encoded = entry.encoded()
    const value = encoded === null ? null : storedValue(key, name, id, encoded)
    const buffer = roomFor(3 * (key.length + name.length + id.length) + 2 + (value?.length ?? 0))
    const keyEnd = writeRecordKey(buffer, key, name, id)
    if (value !== null) buffer.set(value, keyEnd)
    producer.appendFrom(
      changelog,
      partition,
      outputBuffer.writtenAt,
      buffer,
      0,
      keyEnd,
      value === null ? -1 : keyEnd + value.length,
    )
  }

  function roomFor(bytes: number): Buffer {
    if (bytes <= scratch.length) return scratch
    const buffer = Buffer.allocUnsafeSlow(bytes)
    if (bytes <= SCRATCH_BYTES_MAX) scratch = buffer
    return buffer
  }

  const outputBuffer: OutputBuffer = {
    writtenAt: 0,
    message: ({ topic, key, value }) => append(routeOf(topic), key, value, undefined),
    deadLetter: (letter) => append(routeOf(deadLetters as Topic), deadLetters.keyOf(letter), letter, partition),
    journal: (entry) => append(routeOf(journal as Topic), journal.keyOf(entry), entry, partition),
    changelog(entries) {
      for (const entry of entries) appendState(entry)
    },
  }
  return outputBuffer
}
