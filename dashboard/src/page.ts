import type { VNode } from 'preact'
import type { Status } from './api.ts'
import type { LiveBatch } from './live.ts'
import type { TextKey } from './words/words.ts'

/** Properties of pages and their panels. */
export interface PageProps {
  /** `undefined` until it has been loaded. */
  readonly status: Status | undefined
  /** Why the latest attempt to load the status failed. */
  readonly statusError: string | undefined
  /** The latest batch of live messages. */
  readonly live: LiveBatch
  /** The item that the address `#/path/item` opens on the page. */
  readonly item: string | undefined
}

/** A panel of a page. */
export type Panel = (props: PageProps) => VNode | null

/** To add a page, export this object from a file of its subject and list it in pages.ts. */
export interface Page {
  /** Path in the address `#/path`; empty for the first page. */
  readonly path: string
  /** Title in the navigation and of the window. */
  readonly title: TextKey
  readonly View: Panel
}
