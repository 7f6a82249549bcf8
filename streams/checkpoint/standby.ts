import { randomUUID } from 'node:crypto'
import type { Fetcher, KafkaClient } from '../../kafka/client.ts'
import type { Processor } from '../../processors/processor.ts'
import type { Health } from '../health.ts'
import type { Log } from '../log.ts'
import type { StreamMetrics } from '../metrics.ts'
import type { Naming } from '../naming.ts'
import type { LocalStore } from '../state/store.ts'
import type { StoreShelf } from '../state/store-shelf.ts'
import { createSleeper, pause, type Sleeper } from '../task/loop.ts'
import { createChangelogPiece } from './changelog-piece.ts'
import { unrestoredRange, writePiece } from './restore.ts'

/** Context shared by one processor's standbys in this process. */
export interface StandbyContext {
  readonly processor: Processor
  readonly client: KafkaClient
  readonly naming: Naming
  readonly changelogId: string
  readonly checkpointAgeMsMax: number
  readonly shelf: StoreShelf
  readonly log: Log
  readonly health: Health
  readonly metrics: Pick<StreamMetrics, 'standbyLag'>
}

/**
 * A local copy of the state of a task that runs in another process. It follows the changelog; when the owner is gone,
 * the task that takes over here has only the last moments to read.
 */
export interface Standby {
  /** Lag in changelog records; `undefined` until it is known. */
  lag(): number | undefined
  /** Signals that records have arrived for this standby. */
  wake(): void
  /** Stops the standby and puts its store on the shelf. */
  stop(): Promise<void>
}

/** Write interval: little is left to read at a takeover. Each write touches many pages of a large store. */
const PIECE_MS = 1_000
const PIECE_BYTES = 8 << 20
const BACK_OFF_MS = 2_000

export function startStandby(context: StandbyContext, fetcher: Fetcher, partition: number): Standby {
  const { processor, naming, log, health } = context
  const at = { topic: naming.changelog(processor), partition }
  const name = `The standby of ${processor.name}/${partition}`
  const stopping = new AbortController()
  const sleeper = createSleeper(stopping.signal)

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      let store: LocalStore | undefined
      try {
        store = await context.shelf.forStandby(partition, `standby-${randomUUID()}`, stopping.signal)
        await follow(context, { fetcher, store, at, sleeper, signal: stopping.signal, name })
        fetcher.unassign(at)
        await context.shelf.put(partition, store)
        return
      } catch (error) {
        fetcher.unassign(at)
        await store?.close()
        if (stopping.signal.aborted) return
        health.failed(name, error)
        log('warn', 'A standby copy is opened again after a failure', { processor: processor.name, partition, error })
        await pause(BACK_OFF_MS, stopping.signal)
      }
    }
  }

  const running = run()
  return {
    lag: () => lagOf(fetcher, at),
    wake: sleeper.wake,
    async stop() {
      stopping.abort()
      await running
      health.worked(name)
      context.metrics.standbyLag(processor.name, partition, undefined)
    },
  }
}

interface Following {
  readonly fetcher: Fetcher
  readonly store: LocalStore
  readonly at: { readonly topic: string; readonly partition: number }
  readonly sleeper: Sleeper
  readonly signal: AbortSignal
  readonly name: string
}

/** Follows the changelog until the signal aborts, then writes everything that was read to the store. */
async function follow(
  context: StandbyContext,
  { fetcher, store, at, sleeper, signal, name }: Following,
): Promise<void> {
  const { changelogId, health, metrics, processor } = context
  const { from } = await unrestoredRange({ ...context, changelog: at, store, now: Date.now })
  await fetcher.assign(at, from)
  const piece = createChangelogPiece()
  let read = from
  let writtenAt = performance.now()
  while (!signal.aborted) {
    sleeper.beginTurn()
    for (let batch; piece.bytes < PIECE_BYTES && (batch = fetcher.take(at.topic, at.partition)) !== undefined;) {
      piece.add(batch)
      read = batch.offsets[batch.count - 1]! + 1
    }
    const isDue = performance.now() - writtenAt >= PIECE_MS
    if (piece.bytes >= PIECE_BYTES || (isDue && piece.bytes > 0)) {
      await writePiece(store, piece, { changelogId, changelogOffset: read, writtenAt: Date.now() }, () => false)
      writtenAt = performance.now()
    }
    const lag = lagOf(fetcher, at)
    if (lag !== undefined) metrics.standbyLag(processor.name, at.partition, lag)
    const failing = fetcher.failing(at.topic, at.partition)
    if (failing === undefined) health.worked(name)
    else health.failed(name, failing)
    if (fetcher.peek(at.topic, at.partition) === undefined) await sleeper.sleep(PIECE_MS)
  }
  if (piece.bytes > 0)
    await writePiece(store, piece, { changelogId, changelogOffset: read, writtenAt: Date.now() }, () => false)
}

function lagOf(fetcher: Fetcher, { topic, partition }: { readonly topic: string; readonly partition: number }) {
  if (!fetcher.assigned().some((one) => one.topic === topic && one.partition === partition)) return undefined
  const end = fetcher.endOffset(topic, partition)
  return end === undefined ? undefined : Math.max(0, end - fetcher.position(topic, partition))
}
