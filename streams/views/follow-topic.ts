import type { Fetcher } from '../../kafka/client.ts'
import { createReadingProgress } from '../reading-progress.ts'
import { createSleeper, pause } from '../task/loop.ts'
import { pieceOf, type OpenView } from './open-view.ts'
import { foldBatch, type ViewChanges } from './view-changes.ts'
import { takeUpView, type ViewPlace } from './view-place.ts'
import type { ViewPiece } from './view-store.ts'

/** A turn takes no more records, if batches are smaller: other work has its turn within milliseconds. */
const RECORDS_PER_TURN = 500
/** A write waits for the disk: while little comes, what came in so long is written at once. */
const PACE_MS = 100
const IDLE_MS = 1_000
const BUFFERED_BYTES = 4 << 20
/** Batches are taken apart as they arrive. */
const PARTITION_BYTES = 256 << 10

/** Returns when another process has begun the view anew; throws when the topic can't be read. */
export async function followTopic(view: OpenView, signal: AbortSignal): Promise<void> {
  const { client, topic, health } = view.options
  const place = await takeUpView(view)
  const sleeper = createSleeper(signal)
  const fetcher = client.fetcher({
    bufferedBytesMax: BUFFERED_BYTES,
    partitionBytesMax: PARTITION_BYTES,
    onArrival: sleeper.wake,
  })
  view.fetcher = fetcher
  for (const [partition, offset] of place.positions.entries())
    await fetcher.assign({ topic, partition }, offset, place.topicId)
  const progress = createReadingProgress()
  while (!signal.aborted) {
    sleeper.beginTurn()
    const startedAt = performance.now()
    const pieces = takePieces(view, fetcher, place)
    if (pieces.length > 0 && !(await view.store.write(place.topicId, pieces, Date.now()))) return
    for (const { partition, to } of pieces) place.positions[partition] = to
    if (await tell(view, fetcher, place, progress)) health.worked(pieceOf(view.options))
    const isMore = place.positions.some((_, partition) => fetcher.peek(topic, partition) !== undefined)
    // Half of the time is left to others while there is much to read.
    if (isMore) await pause(Math.max(1, performance.now() - startedAt), signal)
    else if (pieces.length > 0) await pause(PACE_MS, signal)
    else await sleeper.sleep(IDLE_MS)
  }
}

/** What has arrived, folded, up to the size of a turn. */
function takePieces({ options }: OpenView, fetcher: Fetcher, { positions }: ViewPlace): ViewPiece[] {
  const { topic, accepts, log } = options
  const pieces: ViewPiece[] = []
  let records = 0
  for (const [partition, from] of positions.entries()) {
    const failing = fetcher.failing(topic, partition)
    if (failing !== undefined) throw failing
    const changes: ViewChanges = new Map()
    let leftOut = 0
    while (records < RECORDS_PER_TURN) {
      const batch = fetcher.take(topic, partition)
      if (batch === undefined) break
      records += batch.count
      leftOut += foldBatch(changes, batch, accepts)
    }
    // Control records move it too; they are written with the next row, or found again after a restart.
    const to = fetcher.position(topic, partition)
    if (changes.size > 0 || leftOut > 0) pieces.push({ partition, from, to, changes })
    if (leftOut > 0)
      log('error', 'Records can’t be understood: a local view keeps what it had of their keys', {
        topic,
        partition,
        records: leftOut,
      })
  }
  return pieces
}

/** Notes how far the view is; whether the broker answers for every partition. */
async function tell(
  view: OpenView,
  fetcher: Fetcher,
  { topicId, ends, positions }: ViewPlace,
  progress: ReturnType<typeof createReadingProgress>,
): Promise<boolean> {
  const { topic } = view.options
  const places = positions.map((_, partition) => ({
    // What was taken is written by now.
    written: fetcher.position(topic, partition),
    end: fetcher.endOffset(topic, partition),
    heardAt: fetcher.heardAt(topic, partition),
  }))
  const isHeard = places.every(({ end }) => end !== undefined)
  const behind = places.reduce((sum, { written, end = written }) => sum + Math.max(0, end - written), 0)
  let { isWhole } = view.seen
  if (!isWhole && places.every(({ written }, partition) => written >= ends[partition]!)) {
    await view.store.markWhole(topicId)
    isWhole = true
  }
  view.seen = { isWhole, asOf: progress(places) ?? view.seen.asOf, behind: isHeard ? behind : undefined }
  return isHeard
}
