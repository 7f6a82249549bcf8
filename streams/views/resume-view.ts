import { idsOf } from '../input/replaced-topics.ts'
import type { OpenView } from './open-view.ts'

/** Positions from which a view continues, as stored with its rows. */
export interface ResumedView {
  readonly topicId: string
  /** Next offsets, by partition. */
  readonly positions: number[]
  /** End offset of each partition when the view was opened. */
  readonly ends: readonly number[]
}

/** Returns the positions of the view. Rebuilds a view that is new, of another topic or too old from the start. */
export async function resumeView(view: OpenView): Promise<ResumedView> {
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
  // If records, or possibly tombstones, were deleted unread, the view may contain keys that no longer exist.
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
  view.state = { ...view.state, isComplete: store.head()?.isWhole === true }
  return { topicId, positions: partitions.map((partition) => store.position(partition)!.offset), ends }
}
