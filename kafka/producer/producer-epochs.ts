import { setTimeout as delay } from 'node:timers/promises'
import type { Outcome } from './end-transaction-request.ts'
import type { PartitionQueues } from './partition-queues.ts'
import { NO_PRODUCER } from './producer-identity.ts'
import type { ProducerIdentity } from './producer-identity.ts'
import type { TransactionRequests } from './transaction-requests.ts'
import type { TransactionVersion } from './transaction-version.ts'

/**
 * The id and epoch of a producer from transaction to transaction, so that late requests of an earlier one never affect
 * a later one.
 */
export interface ProducerEpochs {
  readonly identity: ProducerIdentity
  readonly version: TransactionVersion
  /** Looks up the transaction version of the cluster, up to the given one. */
  chooseVersion(versionMax: TransactionVersion | undefined): Promise<void>
  /** Fences every former owner. */
  takeOver(): Promise<void>
  /**
   * Requests of this epoch may still arrive late, or sequences are lost: the next transaction must run under another
   * epoch.
   */
  mustBump(): void
  /** To be called between two transactions: takes another epoch where one is needed. */
  bumpWhereNeeded(): Promise<void>
  /** Ends the open transaction. */
  end(outcome: Outcome, retryMs: number): Promise<void>
  /** In version 2: waits briefly for the markers of the previous transaction if that is faster than a retry. */
  awaitPreviousMarkers(): Promise<void>
}

/** Markers of a transaction are written by then, as a rule. */
const MARKERS_WRITTEN_MS = 6

export function createProducerEpochs(
  requests: TransactionRequests,
  queues: PartitionQueues,
  times: { readonly transactionTimeoutMs: number; readonly initMs: number },
): ProducerEpochs {
  const current = { identity: NO_PRODUCER, version: 1 as TransactionVersion }
  let unansweredBefore = 0
  let mustBumpEpoch = false
  /**
   * When the last transaction was ended, as `performance.now()` counts, and the wait for its markers, once for each
   * transaction.
   */
  let endedAt = -Infinity
  let waiting: Promise<void> | undefined

  function begin(identity: ProducerIdentity): void {
    current.identity = identity
    mustBumpEpoch = false
    unansweredBefore = requests.unanswered
  }

  async function takeIdentity(former?: ProducerIdentity): Promise<void> {
    const identity = await requests.initProducerId(times.transactionTimeoutMs, times.initMs, former)
    begin(identity)
    queues.forEach((queue) => queue.restart())
  }

  async function waitForMarkers(): Promise<void> {
    while (performance.now() - endedAt < MARKERS_WRITTEN_MS && (await requests.isBeingEnded())) await delay(1)
  }

  return Object.assign(current, {
    async chooseVersion(versionMax: TransactionVersion | undefined) {
      current.version = versionMax === 1 ? 1 : await requests.newestVersion(times.initMs)
    },
    takeOver: () => takeIdentity(),
    mustBump: () => void (mustBumpEpoch = true),
    async bumpWhereNeeded() {
      if (mustBumpEpoch || requests.unanswered > unansweredBefore) {
        // Kept if the request fails: the next attempt needs another epoch too.
        mustBumpEpoch = true
        await takeIdentity(current.identity)
      }
    },
    /**
     * In version 2 the answer holds a new epoch, which excludes late requests of the old one and restarts sequences at
     * 0: requests lost or unanswered until now no longer matter.
     */
    async end(outcome: Outcome, retryMs: number) {
      const { producerId } = current.identity
      const next = await requests.end(current.identity, outcome, current.version, retryMs)
      if (current.version === 1) return
      begin(next)
      queues.forEach((queue) => (next.producerId === producerId ? queue.renumber() : queue.restart()))
      endedAt = performance.now()
      waiting = undefined
    },
    /**
     * The answer to EndTxn precedes its markers. A broker that gets a batch meanwhile checks again only after 20 ms
     * (`add.partitions.to.txn.retry.backoff.ms`). Asking the coordinator first, only in this case, takes 1 or 2 ms.
     */
    awaitPreviousMarkers: () => (waiting ??= waitForMarkers()),
  })
}
