import type { Fetcher, StandbyCopies } from '../../kafka/client.ts'
import { startStandby, type Standby, type StandbyContext } from './standby.ts'

/** The copies that this process keeps of one processor's tasks, by partition. */
export interface StandbySet {
  /** Ends those of other partitions; their stores are on the shelf then. */
  keepOnly(partitions: readonly number[]): Promise<void>
  /** Starts those that are missing. */
  start(partitions: readonly number[]): void
  copies(): StandbyCopies
  close(): Promise<void>
}

/** Behind by no more than this, a copy is read to its end in well under a second: `acceptable.recovery.lag` of Java. */
const READY_RECORDS = 10_000
const BUFFERED_BYTES_MAX = 8 << 20
/** Nobody waits for a copy: it may ask rarely. */
const WAIT_MS = 500

export function createStandbySet(context: StandbyContext): StandbySet {
  const standbys = new Map<number, Standby>()
  let fetcher: Fetcher | undefined

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

  return {
    keepOnly,
    start(partitions) {
      for (const partition of partitions) {
        if (standbys.has(partition)) continue
        fetcher ??= openFetcher()
        standbys.set(partition, startStandby(context, fetcher, partition))
      }
    },
    copies() {
      const isReady = (standby: Standby) => (standby.lag() ?? Infinity) <= READY_RECORDS
      const { ready = [], behind = [] } = Object.groupBy([...standbys], ([, standby]) =>
        isReady(standby) ? 'ready' : 'behind',
      )
      return { ready: ready.map(([partition]) => partition), behind: behind.map(([partition]) => partition) }
    },
    async close() {
      await keepOnly([])
      await fetcher?.close()
    },
  }
}
