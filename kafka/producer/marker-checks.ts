import type { Connection } from '@platformatic/kafka'
import type { HangingTransactions } from '../admin/hanging-transactions.ts'
import type { KafkaError } from '../errors.ts'
import type { Outcome } from './end-transaction-request.ts'
import type { ProducerIdentity } from './producer-identity.ts'
import type { TransactionVersion } from './transaction-version.ts'

/**
 * EndTxn is answered before the markers are written, and a broker that crashes in between may never write them. So a
 * producer that has lost its connection since makes sure of them: before it adds anything to its next transaction, and
 * soon after its last one if none follows.
 */
export interface MarkerChecks {
  /** Notes that the broker has accepted the end of a transaction. */
  ended(transaction: EndedTransaction): void
  /**
   * Resolves once a request over this connection can't meet a hanging transaction; `undefined` if that is known already.
   * In version 1, where all transactions have one epoch, rejects with `HangingTransactionError` if there is one.
   */
  check(connection: Connection): Promise<void> | undefined
  close(): void
}

export interface EndedTransaction {
  readonly outcome: Outcome
  readonly producer: ProducerIdentity
  readonly version: TransactionVersion
}

/** Calls `use` with a connection to the coordinator. */
type WithConnection = (use: (connection: Connection) => Promise<void>) => Promise<void>

/** By this time, markers that are going to be written usually are. */
const QUIET_MS = 1_000

export function createMarkerChecks(
  hanging: HangingTransactions | undefined,
  withConnection: WithConnection,
): MarkerChecks {
  let last: EndedTransaction | undefined
  let endedAt = -Infinity
  /** Connections, each with its check until that has succeeded. */
  const checks = new WeakMap<Connection, Promise<void> | 'passed'>()
  let timer: NodeJS.Timeout | undefined
  let closed = false

  async function ensureMarkers(
    connection: Connection,
    { outcome, producer, version }: EndedTransaction,
  ): Promise<void> {
    try {
      const error = await hanging!.errorIfHanging(producer)
      // A late copy of our marker could end the next transaction if that had the same epoch.
      if (error !== undefined && version === 1) throw error
      if (error !== undefined) await hanging!.end(producer.producerId, outcome, producer.producerEpoch + 1)
      checks.set(connection, 'passed')
    } catch (error) {
      checks.delete(connection)
      throw error
    }
  }

  function check(connection: Connection): Promise<void> | undefined {
    if (hanging === undefined) return undefined
    const known = checks.get(connection)
    if (known !== undefined) return known === 'passed' ? undefined : known
    const begun = last === undefined ? 'passed' : ensureMarkers(connection, last)
    checks.set(connection, begun)
    return begun === 'passed' ? undefined : begun
  }

  async function checkIfQuiet(): Promise<void> {
    timer = undefined
    if (performance.now() - endedAt < QUIET_MS) return arm()
    try {
      await withConnection(async (connection) => check(connection))
    } catch (error) {
      if ((error as KafkaError).kind === 'retriable') arm()
    }
  }

  function arm(): void {
    if (closed || hanging === undefined) return
    timer ??= setTimeout(() => void checkIfQuiet(), QUIET_MS).unref()
  }

  return {
    ended(transaction) {
      last = transaction
      endedAt = performance.now()
      arm()
    },
    check,
    close() {
      closed = true
      clearTimeout(timer)
    },
  }
}
