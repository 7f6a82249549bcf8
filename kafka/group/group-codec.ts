import { KafkaError } from '../errors.ts'

/**
 * What group members exchange through the coordinator, in the format of Java’s consumers (ConsumerProtocolSubscription
 * version 2, ConsumerProtocolAssignment version 0), so that Kafka’s own tools show the assignments.
 */
export interface Subscription {
  readonly topics: readonly string[]
  /** What the member owned last: the hint that makes assignments sticky. */
  readonly owned: readonly number[]
  readonly generationId: number
}

const SUBSCRIPTION_VERSION = 2
const ASSIGNMENT_VERSION = 0

export function encodeSubscription({ topics, owned, generationId }: Subscription): Buffer {
  return Buffer.concat([
    int16(SUBSCRIPTION_VERSION),
    int32(topics.length),
    ...topics.map(string),
    int32(-1), // no user data
    partitionsByTopic(topics, owned),
    int32(generationId),
  ])
}

/** Members of later versions may append fields, which are ignored. */
export function decodeSubscription(bytes: Buffer): Subscription {
  const reader = createReader(bytes, 'subscription')
  const version = reader.int16()
  const topics = Array.from({ length: reader.int32() }, () => reader.string())
  reader.skipBytes()
  const owned = version >= 1 ? reader.partitionsByTopic() : new Map<string, number[]>()
  const generationId = version >= 2 ? reader.int32() : -1
  return { topics, owned: numbersOf(owned), generationId }
}

export function encodeAssignment(topics: readonly string[], partitions: readonly number[]): Buffer {
  return Buffer.concat([int16(ASSIGNMENT_VERSION), partitionsByTopic(topics, partitions), int32(-1)])
}

/** The partition numbers, the same for every topic. An empty buffer is an empty assignment. */
export function decodeAssignment(bytes: Buffer): number[] {
  if (bytes.length === 0) return []
  const reader = createReader(bytes, 'assignment')
  reader.int16()
  return numbersOf(reader.partitionsByTopic())
}

function numbersOf(byTopic: ReadonlyMap<string, readonly number[]>): number[] {
  return [...new Set([...byTopic.values()].flat())].sort((a, b) => a - b)
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeInt16BE(value)
  return bytes
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

function string(value: string): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([int16(bytes.length), bytes])
}

function partitionsByTopic(topics: readonly string[], partitions: readonly number[]): Buffer {
  const each = topics.map((topic) => Buffer.concat([string(topic), int32(partitions.length), ...partitions.map(int32)]))
  return Buffer.concat([int32(topics.length), ...each])
}

function createReader(bytes: Buffer, what: string) {
  let at = 0
  const take = (length: number): number => {
    const from = at
    at += length
    if (length < 0 || at > bytes.length)
      throw new KafkaError(
        `The ${what} of a group member is cut short. Another kind of client uses this group id: choose another`,
        'BAD_GROUP_PROTOCOL',
        'fatal',
      )
    return from
  }
  const reader = {
    int16: (): number => bytes.readInt16BE(take(2)),
    int32: (): number => bytes.readInt32BE(take(4)),
    string(): string {
      const length = reader.int16()
      return bytes.toString('utf8', take(length), at)
    },
    skipBytes: (): void => void take(Math.max(0, reader.int32())),
    partitionsByTopic(): Map<string, number[]> {
      const count = reader.int32()
      const result = new Map<string, number[]>()
      for (let i = 0; i < count; i++)
        result.set(
          reader.string(),
          Array.from({ length: reader.int32() }, () => reader.int32()),
        )
      return result
    },
  }
  return reader
}
