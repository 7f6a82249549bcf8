/**
 * Public interface of the Kafka client: an exactly-once client on top of the wire layer of @platformatic/kafka. The
 * rest of the code uses Kafka only through this file. This folder does not depend on scoring; it is also the
 * package `@scoreline/kafka`.
 */

export interface TopicPartition {
  readonly topic: string
  readonly partition: number
}

/** Addresses of the cluster. TLS and SASL options are passed to the wire layer unchanged. */
export interface ClientOptions {
  /** Bootstrap brokers, each as `host:port`. */
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
  /** Time-out of one request. Default 30,000 ms. */
  readonly requestTimeoutMs?: number
  /**
   * Maps a broker's advertised address to the one to dial: for tunnels, port mappings and tests. Default: unchanged.
   */
  readonly resolveBroker?: (host: string, port: number) => { readonly host: string; readonly port: number }
}

/**
 * The records of one batch as positions into its (decompressed) bytes: no object per record.
 * Control batches and aborted batches never appear.
 */
export interface RecordBatch extends TopicPartition {
  /** Producer of the batch; -1 for a producer without an id. A batch never mixes transactions. */
  readonly producerId: number
  readonly producerEpoch: number
  readonly bytes: Buffer
  readonly count: number
  /** Kafka offsets; safe integers. A compacted batch has holes. */
  readonly offsets: Float64Array
  /**
   * Milliseconds since the epoch: the record's own timestamp, or the broker's append time if the topic is set to that.
   */
  readonly timestamps: Float64Array
  readonly keyStarts: Int32Array
  /** -1 if the record has no key. */
  readonly keyLengths: Int32Array
  readonly valueStarts: Int32Array
  /** -1 for a tombstone. */
  readonly valueLengths: Int32Array
  /** Position of a record’s header count (a varint); read with `headersOf`. */
  readonly headerStarts: Int32Array
}

export type StartPosition = number | 'earliest' | 'latest'

export interface FetcherOptions {
  /** Default `read_committed`. */
  readonly isolation?: 'read_committed' | 'read_uncommitted'
  /** Bytes fetched ahead of the reader, over all partitions, before fetching stops (back-pressure). Default 32 MiB. */
  readonly bufferedBytesMax?: number
  /** Maximum bytes per partition in one fetch response. Default 1 MiB. */
  readonly partitionBytesMax?: number
  /**
   * How long the broker may wait for new records. Default 100 ms. While no records arrive, the fetchers of a client
   * share one request per broker that waits for up to a second; a new record ends it at once.
   */
  readonly waitMs?: number
  /**
   * Called when a batch of the partition has arrived or its position has moved, to wake its reader. Called
   * synchronously; must not throw.
   */
  readonly onArrival?: (topic: string, partition: number) => void
}

/**
 * Reads assigned partitions: no group, no stored offsets, one position per partition. A partition that can’t be read
 * (its offset is gone, its topic was replaced, a permission is missing) throws its error from every call about it until
 * it is reassigned; the other partitions are unaffected.
 */
export interface Fetcher {
  /**
   * Starts reading at a position. Resolves once a symbolic position is known. Assigning again is a seek, and recovers a
   * partition from an error. An offset is valid only for one incarnation of a topic: with `topicId`, a topic with
   * another id is an error.
   */
  assign(partition: TopicPartition, position: StartPosition, topicId?: string): Promise<void>
  /** Drops the partition and its buffered batches. A response still in flight is ignored. */
  unassign(partition: TopicPartition): void
  pause(partition: TopicPartition): void
  resume(partition: TopicPartition): void
  assigned(): readonly TopicPartition[]
  /** Returns the partition's next batch without consuming it. */
  peek(topic: string, partition: number): RecordBatch | undefined
  /** Consumes the next batch. Its bytes stay valid for as long as they are referenced. */
  take(topic: string, partition: number): RecordBatch | undefined
  /**
   * The offset after the last record that was consumed or skipped. Aborted and control records at the end count too, so
   * that a reader that waits for an end offset always reaches it.
   */
  position(topic: string, partition: number): number
  /** The last stable offset seen (the high watermark when reading uncommitted); `undefined` before the first answer. */
  endOffset(topic: string, partition: number): number | undefined
  /** When the broker last answered for the partition, in ms since the epoch; `endOffset` is as of that time. */
  lastResponseAt(topic: string, partition: number): number | undefined
  /** Error of a fetch that has kept failing for a while and is still retried, such as a missing topic. */
  failing(topic: string, partition: number): Error | undefined
  /**
   * Resolves once a batch has arrived or a position has moved since the last wait, or after `timeoutMs`. Rejects if a
   * partition can’t be read any more.
   */
  wait(timeoutMs: number): Promise<void>
  close(): Promise<void>
}

/** Builds record batches of one partition as bytes. Reusable: `finish` empties it. */
export interface RecordBatchWriter {
  readonly count: number
  /** Uncompressed size of the batch that `finish` would return now. */
  readonly byteLength: number
  append(timestampMs: number, key: Uint8Array | null, value: Uint8Array | null, headers?: readonly Header[]): void
  /**
   * Appends a record whose key and value are adjacent in `bytes`: the key from `start` to `keyEnd`, the value from
   * there to `valueEnd` (-1 for a tombstone).
   */
  appendFrom(timestampMs: number, bytes: Buffer, start: number, keyEnd: number, valueEnd: number): void
}

export interface Header {
  readonly key: string
  readonly value: Uint8Array | null
}

/** Group metadata sent to the transaction coordinator, so that a removed member can’t commit (KIP-447). */
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
 * Producer of one transactional id. Life cycle: `init` → (`begin` → `append`* → `sendOffsets`? → `commit` | `abort`)* →
 * `close`. Every error is one of the classes of `errors.ts`; after any of them only `abort` or `close` is legal, and
 * after `ProducerFencedError` or `UnclearCommitError` only `close`.
 */
export interface TransactionalProducer {
  readonly transactionalId: string
  /**
   * Fences every former owner of the id and waits until its open transaction is ended. Calling it again bumps the epoch
   * or allocates a new producer id.
   */
  init(): Promise<void>
  /**
   * The producer’s identity in its open or next transaction; known after `init`. Within one id the epoch only rises;
   * with transaction version 2 it is bumped at the end of every transaction, and the id changes once the epochs are
   * used up (after 32,766). The pair after `init` identifies this owner: a later owner has another id, or a higher
   * epoch than this one ever had.
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
   * Appends a record whose key and value are adjacent in `bytes`: the key from `start` to `keyEnd`, the value from
   * there to `valueEnd` (-1 for a tombstone). Copies them immediately, without creating views.
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
  /** Sends the records appended so far. Resolves when every batch so far is acknowledged by all in-sync replicas. */
  flush(): Promise<void>
  acknowledgedTo(topic: string, partition: number): number | undefined
  /** Adds the input offsets to the transaction, with the group's generation. Call it once, with all of them. */
  sendOffsets(group: GroupMetadata, offsets: readonly OffsetCommit[]): Promise<void>
  /**
   * Flushes and ends the transaction. Rejects with `UnclearCommitError` if the broker's answer never came: the
   * transaction may or may not be committed.
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
   * How long a record may stay undelivered before the transaction fails. Default 45,000 ms: long enough to outlast the
   * death of a broker.
   */
  readonly deliveryTimeoutMs?: number
  /**
   * Highest transaction version to use. With 1, the client uses the protocol of brokers before 4.0 even if the cluster
   * has finalised `transaction.version` 2 (`kafka/producer/transaction-version.ts`). Default: the newest version of the
   * cluster when `init` is called.
   */
  readonly transactionVersionMax?: 1 | 2
  /**
   * The topics that this id writes to. If given, `init` also checks them for transactions left hanging by a crashed
   * broker, which would block read-committed consumers, and ends them with the outcome already decided. A producer that
   * has lost a connection does the same for its own last transaction.
   */
  readonly writesTo?: { readonly topics: readonly string[]; readonly groupId?: string }
  /**
   * Called for each batch acknowledged by all in-sync replicas, with its base offset in the log and its number of
   * appended records. Batches are reported in the order of their records.
   */
  readonly onAcknowledged?: (partition: TopicPartition, baseOffset: number, count: number) => void
}

/** Standby replicas: copies of a partition's state on other members, like `num.standby.replicas` in Kafka Streams. */
export interface StandbyOptions {
  /** Maximum number of copies per partition besides its owner's. No process holds two of them. */
  readonly replicas: number
  /** Id of the member's process. Members of one process fail together, so none keeps a copy of another's partition. */
  readonly process: string
  /** Returns the copies that the member holds; called at each join. */
  readonly copies: () => StandbyCopies
}

/** Partitions whose state the member has to copy. Replaces the previous assignment. */
export interface AssignedStandbys {
  readonly partitions: readonly number[]
  /** The subset that the member will own once its copies of all of them are ready; it then calls `rejoin`. */
  readonly warmups: readonly number[]
}

export interface StandbyCopies {
  /** Copies that are nearly up to date: if the owner is lost, these members are preferred as its successors. */
  readonly ready: readonly number[]
  readonly behind: readonly number[]
}

export interface GroupOptions {
  readonly groupId: string
  readonly topics: readonly string[]
  /**
   * Enables static membership: a restart within the session time-out causes no rebalance, and a second instance is a
   * fatal error (`FencedInstanceError`).
   */
  readonly groupInstanceId?: string
  readonly sessionTimeoutMs?: number
  readonly rebalanceTimeoutMs?: number
  readonly heartbeatIntervalMs?: number
  /**
   * Called on the leader; returns the partition numbers by member id. All of the group's topics are co-partitioned: a
   * member that owns partition 3 owns it in every topic. Default: sticky and even, by the `owned` partitions that
   * members report.
   */
  readonly assign?: (members: readonly GroupMember[], partitionCount: number) => Map<string, number[]>
  /** Default: no standby copies. Members may be configured differently; the leader's setting applies. */
  readonly standbys?: StandbyOptions
  /** Awaited before the member joins the next generation. The member still owns its partitions until this resolves. */
  readonly onRevoked: (partitions: readonly number[]) => Promise<void>
  /**
   * Awaited. `group.metadata()` already has the new generation. The first call comes before `joinGroup` resolves, so it
   * receives the group as an argument.
   */
  readonly onAssigned: (partitions: readonly number[], group: Group, standbys: AssignedStandbys) => Promise<void>
  /**
   * Called after the member was removed from the group (session time-out, unknown member, fenced generation). Its
   * partitions may already have another owner. It rejoins by itself afterwards.
   */
  readonly onLost: (partitions: readonly number[]) => Promise<void>
  /**
   * Called for each failed attempt while the member can’t participate (a permission is missing, or a whole series of
   * attempts found no coordinator) and keeps retrying; called with `undefined` once it participates again.
   */
  readonly onTrouble?: (error: Error | undefined) => void
  /**
   * Called on a fatal error (fenced instance, a permission missing at the first join, a rejected callback), after
   * `onLost` for the partitions it held. The member does not come back.
   */
  readonly onFatal: (error: Error) => void
}

export interface GroupMember {
  readonly memberId: string
  readonly groupInstanceId: string | null
  readonly owned: readonly number[]
}

export interface Group {
  /** Throws `GroupLostError` while the member belongs to no generation, or once its session may have expired. */
  metadata(): GroupMetadata
  /** Triggers a rebalance. */
  rejoin(): void
  /**
   * Revokes its partitions (awaited) and leaves the group. A static member stays registered: it either returns within
   * the session time-out or is removed after it.
   */
  leave(): Promise<void>
}

export interface TopicDescription {
  readonly name: string
  /** The topic's incarnation: a different id means that the topic was deleted and created again. */
  readonly topicId: string
  readonly partitionCount: number
}

/** One client per process: connections, metadata and coordinators are shared. */
export interface KafkaClient {
  fetcher(options?: FetcherOptions): Fetcher
  transactionalProducer(transactionalId: string, options?: TransactionalProducerOptions): TransactionalProducer
  /** Joins the group; resolves after the first assignment was passed to `onAssigned`. */
  joinGroup(options: GroupOptions): Promise<Group>
  describeTopics(names: readonly string[]): Promise<readonly TopicDescription[]>
  /** Rejects with `AuthorizationError` if this principal may not write to the topic. Writes nothing. */
  requireWritable(topic: string): Promise<void>
  /** Returns the group's committed offsets, read with require_stable. Partitions without one are left out. */
  committedOffsets(groupId: string, partitions: readonly TopicPartition[]): Promise<readonly OffsetCommit[]>
  /** Returns the earliest, the latest (high watermark) or the latest stable offset. */
  listOffset(partition: TopicPartition, which: 'earliest' | 'latest' | 'latest_stable'): Promise<number>
  close(): Promise<void>
}
