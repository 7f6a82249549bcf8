import { setTimeout as delay } from 'node:timers/promises'
import type { Outcome } from './end-transaction-request.ts'
import type { PartitionQueues } from './partition-queues.ts'
import { NO_PRODUCER } from './producer-identity.ts'
import type { ProducerIdentity } from './producer-identity.ts'
import type { TransactionRequests } from './transaction-requests.ts'
import type { TransactionVersion } from './transaction-version.ts'

/** Under which id and epoch a producer writes, transaction after transaction, so that nothing of an earlier one can reach a later one. */
export interface ProducerEpochs {
  readonly identity: ProducerIdentity
  readonly version: TransactionVersion
  /** Asks how transactions are spoken with this cluster now, up to that version. */
  chooseVersion(versionMax: TransactionVersion | undefined): Promise<void>
  /** Fences every former owner. */
  takeOver(): Promise<void>
  /** Requests of this epoch may still arrive late, or sequences are lost: the next transaction must run under another epoch. */
  mustBump(): void
  /** To be called between two transactions: takes another epoch where one is needed. */
  bumpWhereNeeded(): Promise<void>
  /** Ends the open transaction. */
  end(outcome: Outcome, retryMs: number): Promise<void>
  /** In version 2: waits a moment for the markers of the transaction before, where that is quicker than to meet them unwritten. */
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
  /** When the last transaction was ended, as `performance.now()` counts, and the wait for its markers, once for each transaction. */
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
        // Kept where the request fails: the next attempt needs another epoch too.
        mustBumpEpoch = true
        await takeIdentity(current.identity)
      }
    },
    /**
     * In version 2 the answer is a new epoch, which shuts out whatever of the old one may still arrive, and with which sequences begin at 0
     * again: what was lost or unanswered until now is of no concern any more.
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
     * An end is answered before its markers are written. A broker that gets a batch meanwhile looks again after 20 ms only
     * (`add.partitions.to.txn.retry.backoff.ms`). Asking the coordinator first, and only in such a hurry, takes 1 or 2.
     */
    awaitPreviousMarkers: () => (waiting ??= waitForMarkers()),
  })
}
