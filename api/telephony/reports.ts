import type { LiveCalls } from '../ports.ts'

/** A call as its call system introduces it. `customerId`: null if the call system does not say. */
export interface CallStart {
  readonly callId: string
  readonly customerId: string | null
  readonly language: string
  readonly agent: string | null
}

export type Words = NonNullable<Parameters<LiveCalls['turn']>[1]['words']>

/** What an adapter reports about a call, in the terms of no protocol. `step`: the prompt that it responds to, if known. */
export type Report =
  /** `retry`: the connection came back before the start of the call was answered. */
  | { readonly kind: 'start'; readonly on: 'new' | 'reconnect' | 'retry' }
  | { readonly kind: 'turn'; readonly step?: number; readonly text: string; readonly words?: Words }
  | { readonly kind: 'silence'; readonly step?: number; readonly ms: number }
  /** Playback of a part started, finished, or was stopped by the caller's voice. */
  | { readonly kind: 'playback'; readonly event: 'started' | 'finished' | 'stopped'; readonly partId: string }
  /** The caller interrupted; `spoken` is the text that the call system played. */
  | { readonly kind: 'interrupted'; readonly spoken: string }
  | { readonly kind: 'end'; readonly reason: string }
  /** Understood, and of no consequence. */
  | { readonly kind: 'nothing' }

/** A frame of a call system: a report, or the reason why it is refused. */
export type ReadFrame = { readonly report: Report } | { readonly refused: string }
