import type { AssignedStandbys, StandbyCopies } from '../client.ts'
import { KafkaError } from '../errors.ts'

/**
 * Data that group members exchange through the coordinator, in the format of Java’s consumers
 * (ConsumerProtocolSubscription version 2, ConsumerProtocolAssignment version 0), so that Kafka’s own tools show the
 * assignments.
 */
export interface Subscription {
  readonly topics: readonly string[]
  /** The partitions that the member owned last: the hint that makes assignments sticky. */
  readonly owned: readonly number[]
  readonly generationId: number
  /** Carried in the user data; `undefined` if the member keeps no copies. */
  readonly standby?: StandbyClaim | undefined
}

/** The copies that a member keeps, and its process. */
export interface StandbyClaim extends StandbyCopies {
  readonly process: string
}

/** A member's share: partition numbers, the same for every topic. */
export interface Assignment {
  readonly partitions: readonly number[]
  /** Carried in the user data. */
  readonly standbys: AssignedStandbys
}

const NO_STANDBYS: AssignedStandbys = { partitions: [], warmups: [] }

const SUBSCRIPTION_VERSION = 2
const ASSIGNMENT_VERSION = 0
/** Marks user data as ours, so that another client's is not mistaken for it. */
const USER_DATA_MARK = 0x5c01

export function encodeSubscription({ topics, owned, generationId, standby }: Subscription): Buffer {
  return Buffer.concat([
    int16(SUBSCRIPTION_VERSION),
    int32(topics.length),
    ...topics.map(string),
    userData(standby && [string(standby.process), numbers(standby.ready), numbers(standby.behind)]),
    partitionsByTopic(topics, owned),
    int32(generationId),
  ])
}

/** Decodes a subscription; ignores fields that later versions append. */
export function decodeSubscription(bytes: Buffer): Subscription {
  const reader = createReader(bytes, 'subscription')
  const version = reader.int16()
  const topics = Array.from({ length: reader.int32() }, () => reader.string())
  const standby = ourData(reader.bytes(), 'subscription', (data) => ({
    process: data.string(),
    ready: data.numbers(),
    behind: data.numbers(),
  }))
  const owned = version >= 1 ? reader.partitionsByTopic() : new Map<string, number[]>()
  const generationId = version >= 2 ? reader.int32() : -1
  return { topics, owned: numbersOf(owned), generationId, standby }
}

export function encodeAssignment(topics: readonly string[], { partitions, standbys }: Assignment): Buffer {
  const isNone = standbys.partitions.length === 0
  const data = userData(isNone ? undefined : [numbers(standbys.partitions), numbers(standbys.warmups)])
  return Buffer.concat([int16(ASSIGNMENT_VERSION), partitionsByTopic(topics, partitions), data])
}

/** Decodes an assignment; an empty buffer is an empty one. */
export function decodeAssignment(bytes: Buffer): Assignment {
  if (bytes.length === 0) return { partitions: [], standbys: NO_STANDBYS }
  const reader = createReader(bytes, 'assignment')
  reader.int16()
  const partitions = numbersOf(reader.partitionsByTopic())
  const standbys = ourData(reader.bytes(), 'assignment', (data) => ({
    partitions: data.numbers(),
    warmups: data.numbers(),
  }))
  return { partitions, standbys: standbys ?? NO_STANDBYS }
}

/** Encodes user data as nullable bytes. */
function userData(parts: readonly Buffer[] | undefined): Buffer {
  if (parts === undefined) return int32(-1)
  const data = Buffer.concat([int16(USER_DATA_MARK), ...parts])
  return Buffer.concat([int32(data.length), data])
}

function ourData<Data>(bytes: Buffer, what: string, read: (data: Reader) => Data): Data | undefined {
  if (bytes.length < 2 || bytes.readInt16BE(0) !== USER_DATA_MARK) return undefined
  return read(createReader(bytes.subarray(2), `user data of the ${what}`))
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

function numbers(list: readonly number[]): Buffer {
  return Buffer.concat([int32(list.length), ...list.map(int32)])
}

function partitionsByTopic(topics: readonly string[], partitions: readonly number[]): Buffer {
  const each = topics.map((topic) => Buffer.concat([string(topic), numbers(partitions)]))
  return Buffer.concat([int32(topics.length), ...each])
}

type Reader = ReturnType<typeof createReader>

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
    bytes(): Buffer {
      const length = Math.max(0, reader.int32())
      return bytes.subarray(take(length), at)
    },
    numbers: (): number[] => Array.from({ length: reader.int32() }, () => reader.int32()),
    partitionsByTopic(): Map<string, number[]> {
      const count = reader.int32()
      const result = new Map<string, number[]>()
      for (let i = 0; i < count; i++) result.set(reader.string(), reader.numbers())
      return result
    },
  }
  return reader
}
