/**
 * The one interface that the shell sees of Kafka: an exactly-once client over the wire layer of @platformatic/kafka.
 * Nothing in this folder knows of scoring; it could be a package of its own.
 */

export interface TopicPartition {
  readonly topic: string
  readonly partition: number
}

/** Where to reach the cluster. TLS and SASL are handed to the wire layer as they are. */
export interface ClientOptions {
  /** `host:port`, several. */
  readonly brokers: readonly string[]
  readonly clientId: string
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string; readonly rejectUnauthorized?: boolean }
  readonly sasl?: {
    readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512'
    readonly username: string
    readonly password: string
  }
  /** How long one request may stay unanswered. Default 30,000 ms. */
  readonly requestTimeoutMs?: number
  /** Where to dial a broker that the cluster names so: for tunnels, port mappings and tests. Default: there. */
  readonly resolveBroker?: (host: string, port: number) => { readonly host: string; readonly port: number }
}

/**
 * The records of one batch as positions into its (decompressed) bytes: no object per record.
 * Control batches and aborted batches never appear.
 */
export interface RecordBatch extends TopicPartition {
  /** Who wrote the batch: all of it belongs to one transaction of that producer, if to any. -1: a producer without an id. */
  readonly producerId: number
  readonly producerEpoch: number
  readonly bytes: Buffer
  readonly count: number
  /** Kafka offsets; safe integers. A compacted batch has holes. */
  readonly offsets: Float64Array
  /** Milliseconds since the epoch, as the record carries it (or the broker's append time, where the topic says so). */
  readonly timestamps: Float64Array
  readonly keyStarts: Int32Array
  /** -1: no key. */
  readonly keyLengths: Int32Array
  readonly valueStarts: Int32Array
  /** -1: a tombstone. */
  readonly valueLengths: Int32Array
  /** Where the header count (a varint) of a record stands; read with `headersOf`. */
  readonly headerStarts: Int32Array
}

export type StartPosition = number | 'earliest' | 'latest'

export interface FetcherOptions {
  /** Default `read_committed`. */
  readonly isolation?: 'read_committed' | 'read_uncommitted'
  /** Bytes fetched ahead of the reader over all partitions before fetching stops: the back-pressure. Default 32 MiB. */
  readonly bufferedBytesMax?: number
  /** Per partition and request. Default 1 MiB. */
  readonly partitionBytesMax?: number
  /** How long the broker may wait for new records. Default 100 ms. */
  readonly waitMs?: number
  /** Called (synchronously, must not throw) when a batch of the partition has arrived or its position moved: wakes who reads it. */
  readonly onArrival?: (topic: string, partition: number) => void
}

/**
 * Reads partitions that it is told to read: no group, no offsets kept, one position per partition. A partition that can't be read any more (its offset is
 * gone, its topic was replaced, a right is missing) throws its error from every call about it until it is assigned again; the others go on.
 */
export interface Fetcher {
  /**
   * Starts reading there. Resolves once a symbolic position is known. Assigning again is a seek, and the way on after an error of the partition.
   * An offset means something in one incarnation of a topic only: where `topicId` is given, a topic with another id is an error.
   */
  assign(partition: TopicPartition, position: StartPosition, topicId?: string): Promise<void>
  /** Forgets the partition and what was fetched of it. A response on its way is dropped. */
  unassign(partition: TopicPartition): void
  pause(partition: TopicPartition): void
  resume(partition: TopicPartition): void
  assigned(): readonly TopicPartition[]
  /** The next batch of that partition without taking it. */
  peek(topic: string, partition: number): RecordBatch | undefined
  /** Takes the next batch; its bytes stay valid for as long as someone holds them. */
  take(topic: string, partition: number): RecordBatch | undefined
  /**
   * The offset after the last record, control record or aborted record that was taken or skipped: a tail of aborted or
   * control records moves it too, so that a reader who waits for an end offset always arrives.
   */
  position(topic: string, partition: number): number
  /** The last stable offset seen (the high watermark when reading uncommitted); `undefined` before the first answer. */
  endOffset(topic: string, partition: number): number | undefined
  /** When the broker last answered for the partition, in ms since the epoch: what `endOffset` is true of. */
  heardAt(topic: string, partition: number): number | undefined
  /** What has failed for a while now and is tried again, such as a topic that is not there; `undefined`: nothing. */
  failing(topic: string, partition: number): Error | undefined
  /** Resolves when a batch has come or a position moved since the last wait, or after `timeoutMs`. Rejects where a partition can't be read any more. */
  wait(timeoutMs: number): Promise<void>
  close(): Promise<void>
}

/** Builds record batches of one partition as bytes. Kept and reused: `finish` empties it. */
export interface RecordBatchWriter {
  readonly count: number
  /** Bytes that `finish` would give now, uncompressed. */
  readonly byteLength: number
  append(timestampMs: number, key: Uint8Array | null, value: Uint8Array | null, headers?: readonly Header[]): void
  /** The same of a key and a value that stand behind each other: from `start` to `keyEnd` and from there to `valueEnd`; −1: a tombstone. */
  appendFrom(timestampMs: number, bytes: Buffer, start: number, keyEnd: number, valueEnd: number): void
}

export interface Header {
  readonly key: string
  readonly value: Uint8Array | null
}

/** What a group member hands to the transaction coordinator, so that a member that was thrown out can't commit (KIP-447). */
export interface GroupMetadata {
  readonly groupId: string
  readonly generationId: number
  readonly memberId: string
  readonly groupInstanceId: string | null
}

export interface OffsetCommit extends TopicPartition {
  /** The next offset to read. */
  readonly offset: number
}

export type Compression = 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd'

/**
 * One transactional id. The life of it: `init` → (`begin` → `send`* → `sendOffsets`? → `commit` | `abort`)* → `close`.
 * Every error is one of the classes of `errors.ts`; after any of them only `abort` or `close` is legal, and after
 * `ProducerFencedError` or `UnclearCommitError` only `close`.
 */
export interface TransactionalProducer {
  readonly transactionalId: string
  /** Fences every former owner of the id and waits until its open transaction is ended. May be called again: a new epoch or id. */
  init(): Promise<void>
  /**
   * Who this producer is in its open or next transaction; known after `init`. The epoch only rises under the same id; with transaction
   * version 2 it rises at each end, and the id changes where no epoch is left (after 32,766). Both as `init` left them stand for this
   * owner alone: a later one has another id, or a higher epoch than this one ever had.
   */
  readonly producerId: bigint
  readonly producerEpoch: number
  begin(): void
  /** Adds one record to the open transaction; batches are cut below the broker's `max.message.bytes` and sent as they fill. */
  append(
    topic: string,
    partition: number,
    timestampMs: number,
    key: Uint8Array | null,
    value: Uint8Array | null,
    headers?: readonly Header[],
  ): void
  /**
   * The same of a record whose key and value stand behind each other in `bytes`: from `start` to `keyEnd` and from there to `valueEnd`; −1: a tombstone. They are
   * copied at once, and no view of them need be made.
   */
  appendFrom(
    topic: string,
    partition: number,
    timestampMs: number,
    bytes: Buffer,
    start: number,
    keyEnd: number,
    valueEnd: number,
  ): void
  /** Sends what `append` has gathered. Resolves when every batch so far is acknowledged by all in-sync replicas. */
  flush(): Promise<void>
  /** The offset behind the last record of this producer that the partition has, whatever became of its transaction; `undefined`: none since `init`. */
  acknowledgedTo(topic: string, partition: number): number | undefined
  /** All input offsets of the transaction at once, with the group's generation. */
  sendOffsets(group: GroupMetadata, offsets: readonly OffsetCommit[]): Promise<void>
  /** Flushes and ends the transaction. `UnclearCommitError` when the broker's answer never came: it may or may not be committed. */
  commit(): Promise<void>
  abort(): Promise<void>
  close(): Promise<void>
}

export interface TransactionalProducerOptions {
  /** The broker aborts a transaction that stays open longer. Default 60,000 ms. */
  readonly transactionTimeoutMs?: number
  readonly compression?: Compression
  /** How long a record may stay undelivered before the transaction fails. Default 45,000 ms: a broker's death is no reason. */
  readonly deliveryTimeoutMs?: number
  /**
   * 1: speaks as to brokers before 4.0 even where the cluster has finalised `transaction.version` 2 (`kafka/producer/transaction-version.ts`).
   * Default: the newest that the cluster speaks when `init` is called.
   */
  readonly transactionVersionMax?: 1 | 2
  /**
   * What this id writes to. Where it is given, `init` also looks for transactions of former owners that a crashed broker has left
   * hanging there, behind which readers of committed data would wait for ever, and ends them as they were decided.
   */
  readonly writesTo?: { readonly topics: readonly string[]; readonly groupId?: string }
  /** Told of each batch that all in-sync replicas have: where it begins in the log and how many of the appended records it holds, in their order. */
  readonly onAcknowledged?: (partition: TopicPartition, baseOffset: number, count: number) => void
}

export interface GroupOptions {
  readonly groupId: string
  readonly topics: readonly string[]
  /** Static membership: a restart within the session time-out causes no rebalance, a second instance is fatal (`FencedInstanceError`). */
  readonly groupInstanceId?: string
  readonly sessionTimeoutMs?: number
  readonly rebalanceTimeoutMs?: number
  readonly heartbeatIntervalMs?: number
  /**
   * Called on the leader: member id → partition numbers. All of the group's topics are co-partitioned: a member that owns partition 3
   * owns it of every topic. Default: sticky and even, by the `owned` partitions that members report.
   */
  readonly assign?: (members: readonly GroupMember[], partitionCount: number) => Map<string, number[]>
  /** Awaited before the member takes part in the next generation; its partitions are still its own until this resolves. */
  readonly onRevoked: (partitions: readonly number[]) => Promise<void>
  /**
   * Awaited; the metadata of the new generation is in `group.metadata()` already. The first call comes before `joinGroup` resolves,
   * so it is handed the group.
   */
  readonly onAssigned: (partitions: readonly number[], group: Group) => Promise<void>
  /** The member was thrown out (session time-out, unknown member, fenced generation): what it owned may be another's already. It rejoins by itself afterwards. */
  readonly onLost: (partitions: readonly number[]) => Promise<void>
  /**
   * The member can't take part now and tries again by itself: a right is missing, or no coordinator was found for a whole round of attempts. Called for each try that
   * fails, and with `undefined` once it takes part again.
   */
  readonly onTrouble?: (error: Error | undefined) => void
  /** A fatal error (fenced instance, a right missing at the first join, a callback that rejected), after `onLost` for what was held: the member is gone for good. */
  readonly onFatal: (error: Error) => void
}

export interface GroupMember {
  readonly memberId: string
  readonly groupInstanceId: string | null
  readonly owned: readonly number[]
}

export interface Group {
  /** Throws `GroupLostError` while the member is in no generation, or when its session may have run out. */
  metadata(): GroupMetadata
  /** Revokes (awaited) and leaves. A static member stays registered: it comes back within the session, or is missed after it. */
  leave(): Promise<void>
}

export interface TopicDescription {
  readonly name: string
  /** The topic's incarnation: another id means that it was deleted and created again. */
  readonly topicId: string
  readonly partitionCount: number
}

/** One client a process: connections, metadata and coordinators are shared. */
export interface KafkaClient {
  fetcher(options?: FetcherOptions): Fetcher
  transactionalProducer(transactionalId: string, options?: TransactionalProducerOptions): TransactionalProducer
  /** Joins; resolves after the first assignment was handed to `onAssigned`. */
  joinGroup(options: GroupOptions): Promise<Group>
  describeTopics(names: readonly string[]): Promise<readonly TopicDescription[]>
  /** Committed offsets of a group with require_stable; partitions without one are left out. */
  committedOffsets(groupId: string, partitions: readonly TopicPartition[]): Promise<readonly OffsetCommit[]>
  /** Earliest, latest (high watermark) or latest stable offset. */
  listOffset(partition: TopicPartition, which: 'earliest' | 'latest' | 'latest_stable'): Promise<number>
  close(): Promise<void>
}
