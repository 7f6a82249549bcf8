import { randomUUID } from 'node:crypto'
import type { KafkaClient, TransactionalProducer } from '../client.ts'
import { isCommitted } from './commit-fate.ts'
import { createCommittedPlaces } from './committed-places.ts'
import { ClientClosedError, KafkaError, ProducerFencedError, UnclearCommitError } from '../errors.ts'
import type { RecordPlace } from './pending-send.ts'
import { readyRecord } from './ready-record.ts'
import type { PlainRecord, ReadyRecord } from './ready-record.ts'
import { atMost, backOff, retry } from '../cluster/retry.ts'

/**
 * Writes the records of each call atomically. Concurrent calls share one transaction: while one commits, new calls
 * gather for the next.
 */
export interface GroupCommit {
  /**
   * Resolves to the place of each record once all are acknowledged by all in-sync replicas and committed. Rejects with
   * `UnclearCommitError` if they may or may not be committed and no broker could answer in time; after any other error
   * none of them is.
   */
  write(topic: string, records: readonly PlainRecord[]): Promise<readonly RecordPlace[]>
  /** How long the oldest call has been waiting, in milliseconds. */
  waitingMs(): number
  close(): Promise<void>
}

export interface GroupCommitOptions {
  /** The id of this process alone. If another process takes it, this one continues under a new id. */
  readonly transactionalId: string
  /**
   * Topics that it writes to, so that transactions left hanging by a crashed broker are ended
   * (`TransactionalProducerOptions`).
   */
  readonly topics: readonly string[]
  /** How long a call is tried before it rejects. Default 30,000 ms: a broker's death, and an attempt thereafter. */
  readonly patienceMs?: number
  /** How long the broker keeps an abandoned transaction open, with readers waiting behind it. Default 10,000 ms. */
  readonly transactionTimeoutMs?: number
  /** Default 8,000 ms. */
  readonly deliveryTimeoutMs?: number
  /** How long the log is read after a commit without an answer. Default 20,000 ms. */
  readonly fateMs?: number
}

interface Call {
  readonly topic: string
  readonly records: readonly ReadyRecord[]
  readonly bytes: number
  readonly since: number
  /** Runs in a transaction of its own: something in the shared one was rejected. */
  alone: boolean
  resolve(places: readonly RecordPlace[]): void
  reject(error: Error): void
}

const GROUP_RECORDS_MAX = 10_000
const GROUP_BYTES_MAX = 8 << 20
const WAITING_BYTES_MAX = 32 << 20
const TAKEOVERS_MAX = 3
/** How long closing waits for the transaction that is open. */
const CLOSE_MS = 3_000
/** The broker rejects these records every time; others of the same transaction must not suffer. */
const REFUSED_ALONE = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'INVALID_TIMESTAMP',
  'INVALID_TOPIC_EXCEPTION',
  'TOPIC_AUTHORIZATION_FAILED',
])

export function createGroupCommit(client: KafkaClient, options: GroupCommitOptions): GroupCommit {
  const {
    topics,
    patienceMs = 30_000,
    transactionTimeoutMs = 10_000,
    deliveryTimeoutMs = 8_000,
    fateMs = 20_000,
  } = options
  const places = createCommittedPlaces()
  const partitionCounts = new Map<string, number>()
  const waiting: Call[] = []
  let transactionalId = options.transactionalId
  let producer: TransactionalProducer | undefined
  let waitingBytes = 0
  /** Consecutive times that another owner ended a transaction of this one. */
  let takeovers = 0
  let current: readonly Call[] = []
  let working: Promise<void> | undefined
  let closed = false

  async function partitionCountOf(topic: string, deadline: number): Promise<number> {
    const known = partitionCounts.get(topic)
    if (known !== undefined) return known
    const [found] = await retry(() => client.describeTopics([topic]), { deadline })
    if (!found) throw new KafkaError(`There is no topic ${topic}. Create it`, 'UNKNOWN_TOPIC_OR_PARTITION', 'abortable')
    partitionCounts.set(topic, found.partitionCount)
    return found.partitionCount
  }

  /** The producer between two transactions; replaced after a failure, which ends what the former one has left. */
  async function ready(): Promise<TransactionalProducer> {
    if (producer) return producer
    const made = client.transactionalProducer(transactionalId, {
      transactionTimeoutMs,
      deliveryTimeoutMs,
      writesTo: { topics },
      onAcknowledged: places.add,
    })
    try {
      await made.init()
    } catch (error) {
      await made.close()
      throw error
    }
    producer = made
    return made
  }

  async function dropProducer(): Promise<void> {
    const old = producer
    producer = undefined
    await old?.close()
  }

  function takeGroup(): readonly Call[] {
    let count = 0
    let records = 0
    let bytes = 0
    for (const call of waiting) {
      records += call.records.length
      bytes += call.bytes
      if (count > 0 && (call.alone || waiting[0]!.alone || records > GROUP_RECORDS_MAX || bytes > GROUP_BYTES_MAX))
        break
      count++
    }
    return waiting.splice(0, count)
  }

  async function commit(group: readonly Call[]): Promise<readonly (readonly RecordPlace[])[]> {
    const transaction = await ready()
    places.clear()
    transaction.begin()
    for (const { topic, records } of group) {
      for (const { partition, timestampMs, key, value, headers } of records)
        transaction.append(topic, partition, timestampMs, key, value, headers)
    }
    await transaction.flush()
    const found = places.of(group)
    try {
      await transaction.commit()
    } catch (error) {
      if (!(error instanceof UnclearCommitError)) throw error
      await readFate(group[0]!.topic, found[0]![0]!, error)
    }
    takeovers = 0
    return found
  }

  /**
   * Resolves if an unclear commit succeeded. Initialising the id ends its transaction if it is still open; then the log
   * shows the outcome.
   */
  async function readFate(topic: string, place: RecordPlace, unclear: UnclearCommitError): Promise<void> {
    const deadline = performance.now() + fateMs
    for (let attempt = 0; performance.now() < deadline && !closed; attempt++) {
      try {
        await dropProducer()
        await ready()
      } catch {
        await backOff(attempt)
        continue
      }
      const fate = await isCommitted(client, { topic, ...place }, deadline)
      if (fate === true) return
      if (fate === false)
        throw new KafkaError(`${unclear.message}. It was not`, 'NOT_COMMITTED', 'retriable', { cause: unclear })
    }
    throw unclear
  }

  function settle(call: Call): void {
    waitingBytes -= call.bytes
  }

  function refuse(group: readonly Call[], error: Error): void {
    for (const call of group) {
      settle(call)
      call.reject(error)
    }
  }

  /** Retries every pending call before later ones. */
  async function afterFailure(group: readonly Call[], error: KafkaError): Promise<void> {
    await dropProducer()
    if (error instanceof ProducerFencedError && ++takeovers >= TAKEOVERS_MAX)
      transactionalId = `${options.transactionalId}.${randomUUID()}`
    if (closed || error instanceof UnclearCommitError) return refuse(group, error)
    const refused = REFUSED_ALONE.has(error.code)
    if (refused && group.length === 1) return refuse(group, error)
    if (refused) for (const call of group) call.alone = true
    const isOver = ({ since }: Call) => performance.now() - since > patienceMs
    refuse(group.filter(isOver), error)
    waiting.unshift(...group.filter((call) => !isOver(call)))
  }

  async function work(): Promise<void> {
    for (let failures = 0; waiting.length > 0 && !closed;) {
      const group = takeGroup()
      current = group
      try {
        const found = await commit(group)
        for (const [index, call] of group.entries()) {
          settle(call)
          call.resolve(found[index]!)
        }
        failures = 0
      } catch (error) {
        await afterFailure(group, error as KafkaError)
        if (!REFUSED_ALONE.has((error as KafkaError).code)) await backOff(failures++)
      }
      current = []
    }
    working = undefined
  }

  return {
    async write(topic, records) {
      if (records.length === 0) return []
      const since = performance.now()
      const partitionCount = await partitionCountOf(topic, since + patienceMs)
      const ready = records.map((record) => readyRecord(topic, record, partitionCount))
      const bytes = ready.reduce((sum, record) => sum + record.bytes, 0)
      if (closed) throw new ClientClosedError(`Writing to ${topic}`)
      if (waitingBytes > 0 && waitingBytes + bytes > WAITING_BYTES_MAX) {
        const message = `${waitingBytes} bytes wait already to be written. Send it again in a moment; if it stays so, look at the brokers`
        throw new KafkaError(message, 'TOO_MUCH_WAITS', 'retriable')
      }
      waitingBytes += bytes
      return new Promise((resolve, reject) => {
        waiting.push({ topic, records: ready, bytes, since, alone: false, resolve, reject })
        working ??= work()
      })
    },
    waitingMs() {
      const oldest = current[0] ?? waiting[0]
      return oldest === undefined ? 0 : performance.now() - oldest.since
    },
    async close() {
      closed = true
      const gone = new ClientClosedError(`Writing of ${transactionalId}`)
      refuse(waiting.splice(0), gone)
      await atMost(CLOSE_MS, working)
      for (const call of current)
        call.reject(
          new UnclearCommitError(`${gone.message}. The records may or may not be committed`, 'UNCLEAR_COMMIT', 'fatal'),
        )
      await dropProducer()
    },
  }
}
