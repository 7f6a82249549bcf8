import type { VNode } from 'preact'
import type { Status } from './api.ts'
import type { LiveBatch } from './live.ts'

/** What pages and their panels are given. */
export interface PageProps {
  /** undefined: it has not been read yet. */
  readonly status: Status | undefined
  /** Why the newest attempt to read it failed. */
  readonly statusError: string | undefined
  /** What came in the last moment. */
  readonly live: LiveBatch
  /** What the address opens on the page: `#/path/item`. */
  readonly item: string | undefined
}

/** A part of a page. */
export type Panel = (props: PageProps) => VNode | null

/** A page is this object in a file of its subject, and an entry in pages.ts. */
export interface Page {
  /** In the address: `#/path`. The first page has none. */
  readonly path: string
  /** In the navigation and in the window's title. */
  readonly title: string
  readonly View: Panel
}
