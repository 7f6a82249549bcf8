import type { KafkaClient } from '../client.ts'
import { atMost, backOff, retry } from '../cluster/retry.ts'
import { commitWrites } from './commit-writes.ts'
import type { WriteCommitter } from './commit-writes.ts'
import { createCommittedPlaces } from './committed-places.ts'
import { ClientClosedError, KafkaError, ProducerFencedError, UnclearCommitError } from '../errors.ts'
import type { RecordPlace } from './pending-send.ts'
import { createPendingWrites } from './pending-writes.ts'
import type { PendingWrite, PendingWrites } from './pending-writes.ts'
import { readyRecord } from './ready-record.ts'
import type { PlainRecord } from './ready-record.ts'
import { createRenewableProducer } from './renewable-producer.ts'

/**
 * Writes the records of each call atomically. Concurrent calls share a transaction: while one commits, new calls gather
 * for the next.
 */
export interface GroupCommit {
  /**
   * Resolves with the place of each record once all are acknowledged by all in-sync replicas and committed. Rejects
   * with `UnclearCommitError` if they may or may not be committed and no broker answered in time; after any other
   * error, none of them is committed.
   */
  write(topic: string, records: readonly PlainRecord[]): Promise<readonly RecordPlace[]>
  /** Rejects with whatever would currently fail a write to the topic, such as a missing permission. Writes nothing. */
  check(topic: string): Promise<void>
  /** How long the oldest pending call has been waiting, in milliseconds. */
  waitingMs(): number
  close(): Promise<void>
}

export interface GroupCommitOptions {
  /** Must be unique to this process. If another process takes it over repeatedly, this one continues under a new id. */
  readonly transactionalId: string
  /**
   * Topics that it writes to: transactions left hanging in them by a crashed broker are ended
   * (`TransactionalProducerOptions.writesTo`).
   */
  readonly topics: readonly string[]
  /**
   * How long a call is retried before it rejects. Default 30,000 ms: enough for the death of a broker and another
   * attempt.
   */
  readonly retryMs?: number
  /**
   * How long the broker keeps an abandoned transaction open, which blocks read-committed consumers. Default 10,000 ms.
   */
  readonly transactionTimeoutMs?: number
  /** Default 8,000 ms. */
  readonly deliveryTimeoutMs?: number
  /** How long the log may be read to find the outcome of an unanswered commit. Default 20,000 ms. */
  readonly outcomeTimeoutMs?: number
}

/** State shared by the steps of one group commit. */
interface GroupCommitState extends WriteCommitter {
  readonly retryMs: number
  readonly partitionCounts: Map<string, number>
  readonly writes: PendingWrites
  /** The writes of the open transaction. */
  current: readonly PendingWrite[]
  /** Resolves when no writes are left; `undefined` if none are pending. */
  working: Promise<void> | undefined
}

/** How long `close` waits for the open transaction. */
const CLOSE_MS = 3_000
/** The broker rejects such records every time, so they must not fail the other writes of their transaction. */
const RECORD_ERRORS = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'INVALID_TIMESTAMP',
  'INVALID_TOPIC_EXCEPTION',
  'TOPIC_AUTHORIZATION_FAILED',
])

/** Fails every transaction of this producer until an operator grants the permission. */
const PRODUCER_ERRORS = new Set(['TRANSACTIONAL_ID_AUTHORIZATION_FAILED', 'CLUSTER_AUTHORIZATION_FAILED'])

export function createGroupCommit(client: KafkaClient, options: GroupCommitOptions): GroupCommit {
  const closing = new AbortController()
  const commit = createState(client, options, closing.signal)
  const { writes, producer, retryMs } = commit

  return {
    async write(topic, records) {
      if (records.length === 0) return []
      const since = performance.now()
      const partitionCount = await partitionCountOf(commit, topic, since + retryMs)
      const ready = records.map((record) => readyRecord(topic, record, partitionCount))
      const bytes = ready.reduce((sum, record) => sum + record.bytes, 0)
      if (closing.signal.aborted) throw new ClientClosedError(`Writing to ${topic}`)
      writes.reserve(bytes)
      return new Promise((resolve, reject) => {
        writes.add({ topic, records: ready, bytes, since, isolated: false, resolve, reject })
        commit.working ??= commitAll(commit)
      })
    },
    async check(topic) {
      await client.requireWritable(topic)
      await requireProducer(commit)
    },
    waitingMs() {
      const oldest = commit.current[0] ?? writes.first
      return oldest === undefined ? 0 : performance.now() - oldest.since
    },
    async close() {
      closing.abort()
      const gone = new ClientClosedError(`Writing of ${producer.transactionalId}`)
      writes.rejectAll(gone)
      await atMost(CLOSE_MS, commit.working)
      const message = `${gone.message}. The records may or may not be committed`
      for (const write of commit.current) write.reject(new UnclearCommitError(message, 'UNCLEAR_COMMIT', 'fatal'))
      await producer.drop()
    },
  }
}

function createState(client: KafkaClient, options: GroupCommitOptions, closing: AbortSignal): GroupCommitState {
  const {
    transactionalId,
    topics,
    retryMs = 30_000,
    transactionTimeoutMs = 10_000,
    deliveryTimeoutMs = 8_000,
    outcomeTimeoutMs = 20_000,
  } = options
  const places = createCommittedPlaces()
  const producer = createRenewableProducer(client, transactionalId, {
    transactionTimeoutMs,
    deliveryTimeoutMs,
    writesTo: { topics },
    onAcknowledged: places.add,
  })
  return {
    client,
    producer,
    places,
    outcomeTimeoutMs,
    closing,
    retryMs,
    partitionCounts: new Map(),
    writes: createPendingWrites(),
    current: [],
    working: undefined,
  }
}

async function partitionCountOf(
  { client, partitionCounts }: GroupCommitState,
  topic: string,
  deadline: number,
): Promise<number> {
  const known = partitionCounts.get(topic)
  if (known !== undefined) return known
  const [found] = await retry(() => client.describeTopics([topic]), { deadline })
  if (!found) throw new KafkaError(`There is no topic ${topic}. Create it`, 'UNKNOWN_TOPIC_OR_PARTITION', 'abortable')
  partitionCounts.set(topic, found.partitionCount)
  return found.partitionCount
}

/** Commits one transaction after another until no writes are left. */
async function commitAll(commit: GroupCommitState): Promise<void> {
  const { writes, closing } = commit
  for (let failures = 0; writes.first !== undefined && !closing.aborted;) {
    const group = writes.takeGroup()
    commit.current = group
    try {
      const found = await commitWrites(commit, group)
      for (const [index, write] of group.entries()) writes.resolve(write, found[index]!)
      failures = 0
    } catch (error) {
      await afterFailure(commit, group, error as KafkaError)
      if (!RECORD_ERRORS.has((error as KafkaError).code)) await backOff(failures++)
    }
    commit.current = []
  }
  // Cleared in the same turn as the last check of the writes, so that `write` never relies on a finished loop.
  commit.working = undefined
}

/**
 * Initialises the producer if there is none. If writes are being committed, they would hit the same error, so there is
 * nothing to check.
 */
async function requireProducer(commit: GroupCommitState): Promise<void> {
  if (commit.working !== undefined) return
  let failure: unknown
  commit.working = commit.producer
    .ready()
    .catch((error: unknown) => (failure = error))
    .then(() => commitAll(commit))
  await commit.working
  if (failure !== undefined) throw failure
}

/**
 * Puts the writes back in front of later ones, except those that caused the failure or have been retried for too long.
 */
async function afterFailure(
  { writes, producer, closing, retryMs }: GroupCommitState,
  group: readonly PendingWrite[],
  error: KafkaError,
): Promise<void> {
  await producer.drop()
  if (error instanceof ProducerFencedError) producer.takenOver()
  if (closing.aborted || error instanceof UnclearCommitError || PRODUCER_ERRORS.has(error.code))
    return writes.reject(group, error)
  const refused = RECORD_ERRORS.has(error.code)
  if (refused && group.length === 1) return writes.reject(group, error)
  if (refused) for (const write of group) write.isolated = true
  const isOver = ({ since }: PendingWrite) => performance.now() - since > retryMs
  writes.reject(group.filter(isOver), error)
  writes.putBack(group.filter((write) => !isOver(write)))
}
