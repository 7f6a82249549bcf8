import type { Fetcher, KafkaClient } from '../../kafka/client.ts'
import type { Health } from '../health.ts'
import type { Log } from '../log.ts'
import type { ViewStore } from './view-store.ts'

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

/** A view that is open, and what is known of it. */
export interface OpenView {
  readonly options: TopicViewOptions
  store: ViewStore
  /** It was found when a row was read: the store is about to be replaced. */
  isDamaged: boolean
  fetcher: Fetcher | undefined
  seen: ViewState
}

export const NOTHING_SEEN: ViewState = { isWhole: false, asOf: undefined, behind: undefined }

/** Names it in a `Health`. */
export function pieceOf({ topic }: TopicViewOptions): string {
  return `The local view of ${topic}`
}
