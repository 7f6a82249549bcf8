import { AuthorizationError, GroupLostError } from '../errors.ts'
import type { KafkaError } from '../errors.ts'

/** How a heartbeat found the membership to end. */
export type MembershipEnd =
  | { readonly kind: 'rebalance' }
  /** `forgotten`: the coordinator no longer knows the member id. */
  | { readonly kind: 'lost'; readonly forgotten: boolean; readonly error: KafkaError }
  | { readonly kind: 'fatal'; readonly error: KafkaError }

export interface Heartbeat {
  /** Whether the coordinator may already have removed the member, by this process’s clock. */
  expired(): boolean
  stop(): void
}

export interface HeartbeatOptions {
  readonly intervalMs: number
  readonly sessionTimeoutMs: number
  readonly send: () => Promise<void>
  /** Called for each reason found. Heartbeats continue after a `rebalance` and stop after the others. */
  readonly onEnd: (end: MembershipEnd) => void
  /**
   * Called with the error when the coordinator denies a heartbeat for lack of a permission, which may be granted again;
   * called with `undefined` after each heartbeat that succeeds.
   */
  readonly onRefused: (error: AuthorizationError | undefined) => void
}

const PAUSE_AFTER_FAILURE_MS_MAX = 250

/**
 * Sends heartbeats on a timer of their own, so that they continue while callbacks are awaited. Starts with a fresh
 * session, as after a join.
 */
export function startHeartbeat({ intervalMs, sessionTimeoutMs, send, onEnd, onRefused }: HeartbeatOptions): Heartbeat {
  // The session counts from before the request was sent: the coordinator can't have received it any earlier.
  let aliveAt = performance.now()
  let stopped = false
  let timer = setTimeout(() => void beat(), intervalMs)

  function end(found: MembershipEnd): void {
    if (stopped) return
    if (found.kind !== 'rebalance') stop()
    onEnd(found)
  }

  async function beat(): Promise<void> {
    const sentAt = performance.now()
    let pauseMs = intervalMs
    try {
      await send()
      aliveAt = sentAt
      if (!stopped) onRefused(undefined)
    } catch (thrown) {
      const error = thrown as KafkaError
      if (error instanceof AuthorizationError && !stopped) onRefused(error)
      if (error.code === 'REBALANCE_IN_PROGRESS') {
        aliveAt = sentAt
        end({ kind: 'rebalance' })
      } else if (error instanceof GroupLostError)
        end({ kind: 'lost', forgotten: error.code === 'UNKNOWN_MEMBER_ID', error })
      else if (error.kind !== 'retriable' && !(error instanceof AuthorizationError)) end({ kind: 'fatal', error })
      else if (performance.now() - aliveAt > sessionTimeoutMs) end({ kind: 'lost', forgotten: false, error })
      else pauseMs = Math.min(intervalMs, PAUSE_AFTER_FAILURE_MS_MAX)
    }
    if (!stopped) timer = setTimeout(() => void beat(), pauseMs)
  }

  function stop(): void {
    stopped = true
    clearTimeout(timer)
  }

  return { expired: () => performance.now() - aliveAt > sessionTimeoutMs, stop }
}
