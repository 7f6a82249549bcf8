import type { Fetcher } from '../../kafka/client.ts'
import { createReadingProgress } from '../reading-progress.ts'
import { createSleeper, pause } from '../task/loop.ts'
import { pieceOf, type OpenView } from './open-view.ts'
import { collectChanges, type ViewChanges } from './view-changes.ts'
import { resumeView, type ResumedView } from './resume-view.ts'
import type { ViewPiece } from './view-store.ts'

/** Records per turn, give or take a batch, so that other work has its turn within milliseconds. */
const RECORDS_PER_TURN = 500
/** Pause between writes. Each waits for the disk, so records that arrive within this time are written together. */
const PACE_MS = 100
const IDLE_MS = 1_000
const BUFFERED_BYTES = 4 << 20
/** Small fetches, since batches are decoded as they arrive. */
const PARTITION_BYTES = 256 << 10

/** Follows the topic into the view. Returns if another process has rebuilt the view; throws if reads fail. */
export async function followTopic(view: OpenView, signal: AbortSignal): Promise<void> {
  const { client, topic, health } = view.options
  const place = await resumeView(view)
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
    if (await updateState(view, fetcher, place, progress)) health.worked(pieceOf(view.options))
    const isMore = place.positions.some((_, partition) => fetcher.peek(topic, partition) !== undefined)
    // With much to read, half of the time is left to other work.
    if (isMore) await pause(Math.max(1, performance.now() - startedAt), signal)
    else if (pieces.length > 0) await pause(PACE_MS, signal)
    else await sleeper.sleep(IDLE_MS)
  }
}

/** Takes and folds the records that have arrived, up to the size of a turn. */
function takePieces({ options }: OpenView, fetcher: Fetcher, { positions }: ResumedView): ViewPiece[] {
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
      leftOut += collectChanges(changes, batch, accepts)
    }
    // Control records also advance the position; it is written with the next row, or read again after a restart.
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

/** Updates the state of the view. Returns whether the broker has answered for every partition. */
async function updateState(
  view: OpenView,
  fetcher: Fetcher,
  { topicId, ends, positions }: ResumedView,
  progress: ReturnType<typeof createReadingProgress>,
): Promise<boolean> {
  const { topic } = view.options
  const places = positions.map((_, partition) => ({
    // Everything taken is written at this point.
    written: fetcher.position(topic, partition),
    end: fetcher.endOffset(topic, partition),
    lastResponseAt: fetcher.lastResponseAt(topic, partition),
  }))
  const hasResponded = places.every(({ end }) => end !== undefined)
  const behind = places.reduce((sum, { written, end = written }) => sum + Math.max(0, end - written), 0)
  let { isComplete } = view.state
  if (!isComplete && places.every(({ written }, partition) => written >= ends[partition]!)) {
    await view.store.markComplete(topicId)
    isComplete = true
  }
  view.state = { isComplete, asOf: progress(places) ?? view.state.asOf, behind: hasResponded ? behind : undefined }
  return hasResponded
}
