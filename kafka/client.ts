/**
 * The only interface of Kafka for the rest of the code: an exactly-once client over the wire layer of
 * @platformatic/kafka. This folder does not depend on scoring; it could be a package of its own.
 */

export interface TopicPartition {
  readonly topic: string
  readonly partition: number
}

/** Addresses of the cluster. TLS and SASL options are passed to the wire layer unchanged. */
export interface ClientOptions {
  /** `host:port`, several. */
  readonly brokers: readonly string[]
  readonly clientId: string
  readonly tls?: {
    readonly ca?: string
    readonly cert?: string
    readonly key?: string
    readonly rejectUnauthorized?: boolean
  }
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
  /**
   * Who wrote the batch: all of it belongs to one transaction of that producer, if to any. -1: a producer without an
   * id.
   */
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
  /** Position of a record’s header count (a varint); read with `headersOf`. */
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
  /**
   * How long the broker may wait for new records. Default 100 ms. While nothing comes, the fetchers of a client wait at
   * each broker in one request, for up to a second; what comes ends it at once.
   */
  readonly waitMs?: number
  /**
   * Called (synchronously, must not throw) when a batch of the partition has arrived or its position moved: wakes who
   * reads it.
   */
  readonly onArrival?: (topic: string, partition: number) => void
}

/**
 * Reads assigned partitions: no group, no stored offsets, one position per partition. A partition that can’t be read
 * (its offset is gone, its topic was replaced, a permission is missing) throws its error from every call about it until
 * it is reassigned; the others go on.
 */
export interface Fetcher {
  /**
   * Starts reading at a position. Resolves once a symbolic position is known. Assigning again is a seek, and recovers a
   * partition from an error. An offset is valid only for one incarnation of a topic: with `topicId`, a topic with
   * another id is an error.
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
   * The offset after the last record that was consumed or skipped. Aborted and control records at the end count too, so
   * that a reader that waits for an end offset always reaches it.
   */
  position(topic: string, partition: number): number
  /** The last stable offset seen (the high watermark when reading uncommitted); `undefined` before the first answer. */
  endOffset(topic: string, partition: number): number | undefined
  /** When the broker last answered for the partition, in ms since the epoch: what `endOffset` is true of. */
  heardAt(topic: string, partition: number): number | undefined
  /** What has failed for a while now and is tried again, such as a topic that is not there; `undefined`: nothing. */
  failing(topic: string, partition: number): Error | undefined
  /**
   * Resolves once a batch has arrived or a position has moved since the last wait, or after `timeoutMs`. Rejects if a
   * partition can’t be read any more.
   */
  wait(timeoutMs: number): Promise<void>
  close(): Promise<void>
}

/** Builds record batches of one partition as bytes. Kept and reused: `finish` empties it. */
export interface RecordBatchWriter {
  readonly count: number
  /** Bytes that `finish` would give now, uncompressed. */
  readonly byteLength: number
  append(timestampMs: number, key: Uint8Array | null, value: Uint8Array | null, headers?: readonly Header[]): void
  /**
   * The same of a key and a value that stand behind each other: from `start` to `keyEnd` and from there to `valueEnd`;
   * −1: a tombstone.
   */
  appendFrom(timestampMs: number, bytes: Buffer, start: number, keyEnd: number, valueEnd: number): void
}

export interface Header {
  readonly key: string
  readonly value: Uint8Array | null
}

/** The group metadata for the transaction coordinator, so that a member that was removed can’t commit (KIP-447). */
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
 * One transactional id. Its life cycle: `init` → (`begin` → `send`* → `sendOffsets`? → `commit` | `abort`)* → `close`.
 * Every error is one of the classes of `errors.ts`; after any of them only `abort` or `close` is legal, and after
 * `ProducerFencedError` or `UnclearCommitError` only `close`.
 */
export interface TransactionalProducer {
  readonly transactionalId: string
  /**
   * Fences every former owner of the id and waits until its open transaction is ended. May be called again: a new epoch
   * or id.
   */
  init(): Promise<void>
  /**
   * The producer’s identity in its open or next transaction; known after `init`. Under one id the epoch only rises;
   * with transaction version 2 it rises at each end, and the id changes when no epoch is left (after 32,766). The pair
   * after `init` identifies this owner: a later owner has another id, or a higher epoch than this one ever had.
   */
  readonly producerId: bigint
  readonly producerEpoch: number
  begin(): void
  /**
   * Adds one record to the open transaction; batches are cut below the broker's `max.message.bytes` and sent as they
   * fill.
   */
  append(
    topic: string,
    partition: number,
    timestampMs: number,
    key: Uint8Array | null,
    value: Uint8Array | null,
    headers?: readonly Header[],
  ): void
  /**
   * The same for a record with adjacent key and value in `bytes`: from `start` to `keyEnd` and from there to
   * `valueEnd`; −1: a tombstone. They are copied immediately, without views.
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
  /**
   * The offset after the last record that the partition has from this producer, whatever the outcome of its
   * transaction; `undefined`: none since `init`.
   */
  acknowledgedTo(topic: string, partition: number): number | undefined
  /** All input offsets of the transaction at once, with the group's generation. */
  sendOffsets(group: GroupMetadata, offsets: readonly OffsetCommit[]): Promise<void>
  /**
   * Flushes and ends the transaction. `UnclearCommitError` when the broker's answer never came: it may or may not be
   * committed.
   */
  commit(): Promise<void>
  abort(): Promise<void>
  close(): Promise<void>
}

export interface TransactionalProducerOptions {
  /** The broker aborts a transaction that stays open longer. Default 60,000 ms. */
  readonly transactionTimeoutMs?: number
  readonly compression?: Compression
  /**
   * How long a record may stay undelivered before the transaction fails. Default 45,000 ms: a broker's death is no
   * reason.
   */
  readonly deliveryTimeoutMs?: number
  /**
   * 1: uses the protocol of brokers before 4.0 even if the cluster has finalised `transaction.version` 2
   * (`kafka/producer/transaction-version.ts`). Default: the newest version of the cluster when `init` is called.
   */
  readonly transactionVersionMax?: 1 | 2
  /**
   * The topics that this id writes to. If given, `init` also looks there for transactions of former owners left hanging
   * by a crashed broker, which would block read-committed consumers, and ends them with their decided outcome.
   */
  readonly writesTo?: { readonly topics: readonly string[]; readonly groupId?: string }
  /**
   * Told of each batch that all in-sync replicas have: where it begins in the log and how many of the appended records
   * it holds, in their order.
   */
  readonly onAcknowledged?: (partition: TopicPartition, baseOffset: number, count: number) => void
}

/** Copies of the partitions' state that other members keep, as `num.standby.replicas` of Kafka Streams has them. */
export interface StandbyOptions {
  /** Copies of each partition beside its owner's, at most: no process keeps two. */
  readonly replicas: number
  /** Members of one process end together: none of them keeps a copy of another's partition. */
  readonly process: string
  /** What the member keeps copies of; asked at each join. */
  readonly copies: () => StandbyCopies
}

/** Partitions that a member is to keep a copy of, in place of the former ones. */
export interface AssignedStandbys {
  readonly partitions: readonly number[]
  /** Of these, the ones that become its own once its copies of all of them are ready: it calls `rejoin` then. */
  readonly moving: readonly number[]
}

export interface StandbyCopies {
  /** Nearly up to date: these are assigned here before anywhere else once their owner is gone. */
  readonly ready: readonly number[]
  readonly behind: readonly number[]
}

export interface GroupOptions {
  readonly groupId: string
  readonly topics: readonly string[]
  /**
   * Static membership: a restart within the session time-out causes no rebalance, a second instance is fatal
   * (`FencedInstanceError`).
   */
  readonly groupInstanceId?: string
  readonly sessionTimeoutMs?: number
  readonly rebalanceTimeoutMs?: number
  readonly heartbeatIntervalMs?: number
  /**
   * Called on the leader: member id → partition numbers. All of the group's topics are co-partitioned: a member that
   * owns partition 3 owns it of every topic. Default: sticky and even, by the `owned` partitions that members report.
   */
  readonly assign?: (members: readonly GroupMember[], partitionCount: number) => Map<string, number[]>
  /** Default: no copies. Members of a group may differ in it; that of the leader counts. */
  readonly standbys?: StandbyOptions
  /**
   * Awaited before the member takes part in the next generation; its partitions are still its own until this resolves.
   */
  readonly onRevoked: (partitions: readonly number[]) => Promise<void>
  /**
   * Awaited; `group.metadata()` already has the new generation. The first call precedes the resolution of `joinGroup`,
   * so it receives the group as an argument.
   */
  readonly onAssigned: (partitions: readonly number[], group: Group, standbys: AssignedStandbys) => Promise<void>
  /**
   * The member was thrown out (session time-out, unknown member, fenced generation): what it owned may be another's
   * already. It rejoins by itself afterwards.
   */
  readonly onLost: (partitions: readonly number[]) => Promise<void>
  /**
   * Called for each failed try while the member can’t participate (a permission is missing, or no coordinator was found
   * in a whole series of attempts) and retries by itself; called with `undefined` once it participates again.
   */
  readonly onTrouble?: (error: Error | undefined) => void
  /**
   * A fatal error (fenced instance, a right missing at the first join, a callback that rejected), after `onLost` for
   * what was held: the member is gone for good.
   */
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
  /** Has the partitions assigned anew. */
  rejoin(): void
  /**
   * Revokes (awaited) and leaves. A static member stays registered: it comes back within the session, or is missed
   * after it.
   */
  leave(): Promise<void>
}

export interface TopicDescription {
  readonly name: string
  /** The topic's incarnation: another id means that it was deleted and created again. */
  readonly topicId: string
  readonly partitionCount: number
}

/** One client per process: connections, metadata and coordinators are shared. */
export interface KafkaClient {
  fetcher(options?: FetcherOptions): Fetcher
  transactionalProducer(transactionalId: string, options?: TransactionalProducerOptions): TransactionalProducer
  /** Joins; resolves after the first assignment was handed to `onAssigned`. */
  joinGroup(options: GroupOptions): Promise<Group>
  describeTopics(names: readonly string[]): Promise<readonly TopicDescription[]>
  /** Rejects with `AuthorizationError` if this principal may not write to the topic. Nothing is written to it. */
  requireWritable(topic: string): Promise<void>
  /** Committed offsets of a group with require_stable; partitions without one are left out. */
  committedOffsets(groupId: string, partitions: readonly TopicPartition[]): Promise<readonly OffsetCommit[]>
  /** Earliest, latest (high watermark) or latest stable offset. */
  listOffset(partition: TopicPartition, which: 'earliest' | 'latest' | 'latest_stable'): Promise<number>
  close(): Promise<void>
}
