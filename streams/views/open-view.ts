import type { Fetcher, KafkaClient } from '../../kafka/client.ts'
import type { Health } from '../health.ts'
import type { Log } from '../log.ts'
import type { ViewStore } from './view-store.ts'

export interface TopicViewOptions {
  readonly client: KafkaClient
  /** Topic name on the broker. The topic must keep the last record of each key. */
  readonly topic: string
  /** Folder of this view only; processes on one machine may share it. */
  readonly directory: string
  /** How long the topic keeps tombstones, in ms. A view that has not been written for longer is rebuilt. */
  readonly tombstonesKeptMs: number
  /** Returns whether a value is readable; an unreadable one does not replace the previous value. */
  readonly accepts: (value: Buffer) => boolean
  readonly log: Log
  /** Reports a failure while the topic can't be followed. */
  readonly health: Health
}

/** Progress of a view. */
export interface ViewState {
  /** Whether the view has everything that the topic had at the start. Until then a missing key means nothing. */
  readonly isComplete: boolean
  /** Time, in ms since the epoch, up to which the view is complete; `undefined` until known. */
  readonly asOf: number | undefined
  /** Records that are not in the view yet; `undefined` until known. */
  readonly behind: number | undefined
}

/** An open view and its state. */
export interface OpenView {
  readonly options: TopicViewOptions
  store: ViewStore
  /** Whether reading a row has found damage, so that the store is about to be replaced. */
  isDamaged: boolean
  fetcher: Fetcher | undefined
  state: ViewState
}

export const INITIAL_STATE: ViewState = { isComplete: false, asOf: undefined, behind: undefined }

/** Returns the name of the view in a `Health`. */
export function pieceOf({ topic }: TopicViewOptions): string {
  return `The local view of ${topic}`
}
