import { setTimeout as delay } from 'node:timers/promises'
import type { Outcome } from './end-transaction-request.ts'
import type { PartitionQueues } from './partition-queues.ts'
import { NO_PRODUCER } from './producer-identity.ts'
import type { ProducerIdentity } from './producer-identity.ts'
import type { TransactionRequests } from './transaction-requests.ts'
import type { TransactionVersion } from './transaction-version.ts'

/**
 * The id and epoch of a producer from transaction to transaction. The epoch is bumped where late requests of an earlier
 * transaction could otherwise affect a later one.
 */
export interface ProducerEpochs {
  readonly identity: ProducerIdentity
  readonly version: TransactionVersion
  /** Looks up the transaction version of the cluster, up to the given one. */
  chooseVersion(versionMax: TransactionVersion | undefined): Promise<void>
  /** Fences every former owner. */
  takeOver(): Promise<void>
  /**
   * Marks that requests of this epoch may still arrive late, or that the sequence numbers are no longer continuous: the
   * next transaction must run under another epoch.
   */
  mustBump(): void
  /** Bumps the epoch between two transactions if necessary. */
  bumpWhereNeeded(): Promise<void>
  /** Ends the open transaction. */
  end(outcome: Outcome, retryMs: number): Promise<void>
  /** In version 2, waits briefly for the markers of the previous transaction if that is faster than a retry. */
  awaitPreviousMarkers(): Promise<void>
}

/** By this time the markers of a transaction are usually written. */
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
   * Time of the last EndTxn on the clock of `performance.now()`, and the wait for its markers, which runs once per
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
        // Stays set if the request fails: the next attempt needs another epoch too.
        mustBumpEpoch = true
        await takeIdentity(current.identity)
      }
    },
    /**
     * In version 2 the answer holds a new epoch, which excludes late requests of the old one and restarts the sequence
     * numbers at 0. So earlier lost or unanswered requests no longer matter.
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
     * EndTxn is answered before its markers are written. A broker that gets a batch in between checks again only after
     * 20 ms (`add.partitions.to.txn.retry.backoff.ms`). Asking the coordinator first, only in this case, takes 1 or 2
     * ms.
     */
    awaitPreviousMarkers: () => (waiting ??= waitForMarkers()),
  })
}
