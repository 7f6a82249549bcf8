import { isDamaged } from '../state/store-errors.ts'
import { deleteStore } from '../state/store-file.ts'
import { pause } from '../task/loop.ts'
import { followTopic } from './follow-topic.ts'
import { INITIAL_STATE, pieceOf, type OpenView, type TopicViewOptions, type ViewState } from './open-view.ts'
import { VIEW_KEY_BYTES_MAX } from './view-changes.ts'
import { openViewStore, type ViewStore } from './view-store.ts'

const BACK_OFF_MS = 2_000

/** A local store with the last value of each key of a topic, which it follows. */
export interface TopicView {
  /** Returns the published value, valid until the next call; `undefined` if there is none. */
  get(key: string): Buffer | undefined
  state(): ViewState
  close(): Promise<void>
}

/** Opens the existing view and follows the topic from its positions until it is closed. */
export async function openTopicView(options: TopicViewOptions): Promise<TopicView> {
  const store = await openStore(options)
  const closing = new AbortController()
  const view: OpenView = { options, store, isDamaged: false, fetcher: undefined, state: stateOf(store) }
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
    state: () => (view.isDamaged ? INITIAL_STATE : view.state),
    async close() {
      closing.abort()
      await view.fetcher?.close()
      await following
      await view.store.close()
      options.health.worked(pieceOf(options))
    },
  }
}

function stateOf(store: ViewStore): ViewState {
  return { ...INITIAL_STATE, isComplete: store.head()?.isWhole === true }
}

function openStore({ topic, directory, log }: TopicViewOptions): Promise<ViewStore> {
  return openViewStore(directory, (fault) =>
    log('warn', 'A local view is damaged and is built anew from its topic', { topic, directory, fault }),
  )
}

/** Ends the current turn; the next one starts with a new store. */
function noteDamage(view: OpenView): void {
  view.isDamaged = true
  void view.fetcher?.close()
}

async function replaceStore(view: OpenView): Promise<void> {
  const { topic, directory, log } = view.options
  log('warn', 'A local view is damaged and is built anew from its topic', { topic, directory })
  await view.store.close()
  deleteStore(directory)
  view.store = await openStore(view.options)
  view.state = INITIAL_STATE
  view.isDamaged = false
}

async function followUntil(signal: AbortSignal, view: OpenView): Promise<void> {
  const { topic, log, health } = view.options
  while (!signal.aborted) {
    try {
      if (view.isDamaged) await replaceStore(view)
      await followTopic(view, signal)
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
