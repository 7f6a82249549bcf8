import type { Fetcher, StandbyCopies } from '../../kafka/client.ts'
import { startStandby, type Standby, type StandbyContext } from './standby.ts'

/** Standby copies of one processor's tasks in this process, by partition. */
export interface StandbySet {
  /** Calls `act` once the copies of all these partitions are ready. Replaces an earlier call that is still waiting. */
  whenReady(partitions: readonly number[], act: () => void): void
  /** Stops the standbys of all other partitions and puts their stores on the shelf. */
  keepOnly(partitions: readonly number[]): Promise<void>
  /** Starts the standbys of these partitions that are not running yet. */
  start(partitions: readonly number[]): void
  copies(): StandbyCopies
  close(): Promise<void>
}

/** Lag of a ready copy, which catches up in well under a second. Kafka Streams: `acceptable.recovery.lag`. */
const READY_RECORDS = 10_000
const BUFFERED_BYTES_MAX = 8 << 20
/** Standby reads are not urgent, so fetches may wait long. */
const WAIT_MS = 500
const POLL_MS = 250

export function createStandbySet(context: StandbyContext): StandbySet {
  const standbys = new Map<number, Standby>()
  let fetcher: Fetcher | undefined
  let pollTimer: NodeJS.Timeout | undefined

  function openFetcher(): Fetcher {
    return context.client.fetcher({
      bufferedBytesMax: BUFFERED_BYTES_MAX,
      waitMs: WAIT_MS,
      onArrival: (_topic, partition) => standbys.get(partition)?.wake(),
    })
  }

  async function keepOnly(partitions: readonly number[]): Promise<void> {
    const gone = [...standbys].filter(([partition]) => !partitions.includes(partition))
    for (const [partition] of gone) standbys.delete(partition)
    await Promise.all(gone.map(([, standby]) => standby.stop()))
  }

  const isReady = (standby: Standby | undefined) => (standby?.lag() ?? Infinity) <= READY_RECORDS

  return {
    whenReady(partitions, act) {
      clearInterval(pollTimer)
      if (partitions.length === 0) return
      pollTimer = setInterval(() => {
        if (!partitions.every((partition) => isReady(standbys.get(partition)))) return
        clearInterval(pollTimer)
        act()
      }, POLL_MS)
    },
    keepOnly,
    start(partitions) {
      for (const partition of partitions) {
        if (standbys.has(partition)) continue
        fetcher ??= openFetcher()
        standbys.set(partition, startStandby(context, fetcher, partition))
      }
    },
    copies() {
      const { ready = [], behind = [] } = Object.groupBy([...standbys], ([, standby]) =>
        isReady(standby) ? 'ready' : 'behind',
      )
      return { ready: ready.map(([partition]) => partition), behind: behind.map(([partition]) => partition) }
    },
    async close() {
      clearInterval(pollTimer)
      await keepOnly([])
      await fetcher?.close()
    },
  }
}
