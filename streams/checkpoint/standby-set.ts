import type { Fetcher, StandbyCopies } from '../../kafka/client.ts'
import { startStandby, type Standby, type StandbyContext } from './standby.ts'

/** The copies that this process keeps of one processor's tasks, by partition. */
export interface StandbySet {
  /** Calls back once the copies of all of these are ready, in place of what was to be waited for before. */
  whenReady(partitions: readonly number[], act: () => void): void
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
const LOOK_MS = 250

export function createStandbySet(context: StandbyContext): StandbySet {
  const standbys = new Map<number, Standby>()
  let fetcher: Fetcher | undefined
  let looking: NodeJS.Timeout | undefined

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
      clearInterval(looking)
      if (partitions.length === 0) return
      looking = setInterval(() => {
        if (!partitions.every((partition) => isReady(standbys.get(partition)))) return
        clearInterval(looking)
        act()
      }, LOOK_MS)
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
      clearInterval(looking)
      await keepOnly([])
      await fetcher?.close()
    },
  }
}
