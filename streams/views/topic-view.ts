import type { Fetcher, KafkaClient } from '../../kafka/client.ts'
import type { Health } from '../health.ts'
import type { Log } from '../log.ts'
import { createReadingProgress } from '../reading-progress.ts'
import { createSleeper, pause } from '../task/loop.ts'
import { deleteStore } from '../state/store-file.ts'
import { foldBatch, VIEW_KEY_BYTES_MAX, type ViewChanges } from './view-changes.ts'
import { idsOf } from '../input/replaced-topics.ts'
import { isDamaged } from '../state/store-errors.ts'
import { openViewStore, type ViewPiece, type ViewStore } from './view-store.ts'

export interface TopicViewOptions {
  readonly client: KafkaClient
  /** As it is named on the broker. Of each key the last record must stay there. */
  readonly topic: string
  /** Of the view alone; processes of one machine may share it. */
  readonly directory: string
  /** How long the topic keeps tombstones, ms: a view that has not been written for longer is built anew. */
  readonly tombstonesKeptMs: number
  /** Whether a value can be understood; one that can't does not replace the former. */
  readonly accepts: (value: Buffer) => boolean
  readonly log: Log
  /** Told while the topic can't be followed. */
  readonly health: Health
}

/** How far a view has come. */
export interface ViewState {
  /** Whether all that was in the topic when the view was begun is in it. Until then a missing key says nothing. */
  readonly isWhole: boolean
  /** All that had been published by then is in the view, ms since the epoch; `undefined`: not known yet. */
  readonly asOf: number | undefined
  /** Records that are not in the view yet; `undefined`: not known yet. */
  readonly behind: number | undefined
}

/** The last value of each key of a topic, in a local store that follows it. */
export interface TopicView {
  /** The value as it was published, valid until the next call; `undefined`: there is none. */
  get(key: string): Buffer | undefined
  state(): ViewState
  close(): Promise<void>
}

const BACK_OFF_MS = 2_000
/** A turn takes no more records, if batches are smaller: other work has its turn within milliseconds. */
const RECORDS_PER_TURN = 500
/** A write waits for the disk: while little comes, what came in so long is written at once. */
const PACE_MS = 100
const IDLE_MS = 1_000
const BUFFERED_BYTES = 4 << 20
/** Batches are taken apart as they arrive. */
const PARTITION_BYTES = 256 << 10

/** Opens the view as it was left, and follows the topic from there until it is closed. */
export async function openTopicView(options: TopicViewOptions): Promise<TopicView> {
  const store = await openStore(options)
  const closing = new AbortController()
  const view: View = { options, store, isDamaged: false, fetcher: undefined, seen: seenOf(store) }
  const following = followUntil(closing.signal, view)
  return {
    get(text) {
      const key = Buffer.from(text)
      if (key.length > VIEW_KEY_BYTES_MAX || view.isDamaged) return undefined
      try {
        return view.store.get(key)
      } catch (error) {
        if (!isDamaged(error)) throw error
        noteDamage(view)
        return undefined
      }
    },
    state: () => (view.isDamaged ? NOTHING_SEEN : view.seen),
    async close() {
      closing.abort()
      await view.fetcher?.close()
      await following
      await view.store.close()
      options.health.worked(pieceOf(options))
    },
  }
}

interface View {
  readonly options: TopicViewOptions
  store: ViewStore
  /** It was found when a row was read: the store is about to be replaced. */
  isDamaged: boolean
  fetcher: Fetcher | undefined
  seen: ViewState
}

const NOTHING_SEEN: ViewState = { isWhole: false, asOf: undefined, behind: undefined }

function seenOf(store: ViewStore): ViewState {
  return { ...NOTHING_SEEN, isWhole: store.head()?.isWhole === true }
}

function openStore({ topic, directory, log }: TopicViewOptions): Promise<ViewStore> {
  return openViewStore(directory, (fault) =>
    log('warn', 'A local view is damaged and is built anew from its topic', { topic, directory, fault }),
  )
}

/** Ends the turn that is on: the next one begins with a new store. */
function noteDamage(view: View): void {
  view.isDamaged = true
  void view.fetcher?.close()
}

async function replaceStore(view: View): Promise<void> {
  const { topic, directory, log } = view.options
  log('warn', 'A local view is damaged and is built anew from its topic', { topic, directory })
  await view.store.close()
  deleteStore(directory)
  view.store = await openStore(view.options)
  view.seen = NOTHING_SEEN
  view.isDamaged = false
}

function pieceOf({ topic }: TopicViewOptions): string {
  return `The local view of ${topic}`
}

async function followUntil(signal: AbortSignal, view: View): Promise<void> {
  const { topic, log, health } = view.options
  while (!signal.aborted) {
    try {
      if (view.isDamaged) await replaceStore(view)
      await follow(view, signal)
    } catch (error) {
      if (signal.aborted) return
      view.isDamaged ||= isDamaged(error)
      health.failed(pieceOf(view.options), error)
      log('warn', 'A local view can’t follow its topic: what it serves grows older. Trying again', { topic, error })
      await pause(BACK_OFF_MS, signal)
    } finally {
      await view.fetcher?.close()
      view.fetcher = undefined
    }
  }
}

/** Where it goes on: nowhere else than where its rows are. */
interface Place {
  readonly topicId: string
  /** By partition. */
  readonly positions: number[]
  /** Where each partition ended when the view was taken up. */
  readonly ends: readonly number[]
}

/** Returns when another process has begun the view anew; throws when the topic can't be read. */
async function follow(view: View, signal: AbortSignal): Promise<void> {
  const { client, topic, health } = view.options
  const place = await takeUp(view)
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

/** The positions of the view, which begins at the beginning if it is new, of another topic, or too old. */
async function takeUp(view: View): Promise<Place> {
  const { options, store } = view
  const { client, topic, tombstonesKeptMs, log } = options
  const described = await client.describeTopics([topic])
  const topicId = idsOf([topic], described).get(topic)!
  const partitions = [...Array(described[0]!.partitionCount).keys()]
  const offsets = (which: 'earliest' | 'latest_stable') =>
    Promise.all(partitions.map((partition) => client.listOffset({ topic, partition }, which)))
  const [earliest, ends] = [await offsets('earliest'), await offsets('latest_stable')]
  const head = store.head()
  const held = partitions.map((partition) => store.position(partition))
  const oldest = Date.now() - tombstonesKeptMs
  // Where records were deleted in front, or tombstones may have been, the view may hold what is gone.
  const isOld = held.some((one, index) => one === undefined || one.writtenAt < oldest || one.offset < earliest[index]!)
  if (head?.topicId !== topicId || isOld) {
    if (head !== undefined)
      log('warn', 'A local view is built anew from its topic', {
        topic,
        reason: head.topicId === topicId ? 'it is older than what the topic keeps' : 'the topic was recreated',
      })
    const again = head?.topicId === topicId
    await store.begin({ topicId, partitions: partitions.length, isWhole: false }, earliest, Date.now(), again)
  }
  view.seen = { ...view.seen, isWhole: store.head()?.isWhole === true }
  return { topicId, positions: partitions.map((partition) => store.position(partition)!.offset), ends }
}

/** What has arrived, folded, up to the size of a turn. */
function takePieces({ options }: View, fetcher: Fetcher, { positions }: Place): ViewPiece[] {
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
  view: View,
  fetcher: Fetcher,
  { topicId, ends, positions }: Place,
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
