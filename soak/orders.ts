import type { FailPoint } from '../streams/task/fail-point.ts'

/** Orders to a process of the platform under test, given at its start or while it runs. */
export type Order =
  /** Kills itself like kill -9, `laterMs` after it has passed the point `passes` times. */
  | { readonly kind: 'die'; readonly point: FailPoint; readonly passes: number; readonly laterMs: number }
  /** Blocks its event loop. */
  | { readonly kind: 'stall'; readonly ms: number }
  /** Sets its wall clock ahead of the others'; negative: behind. */
  | { readonly kind: 'skew'; readonly ms: number }

/** The parts of the platform that run as processes of their own. */
export type PlatformPart = 'processors' | 'sink' | 'api'

/** Passed on the command line. */
export interface PlatformProcessSettings {
  readonly part: PlatformPart
  /** Address of the proxy to dial instead of the brokers. */
  readonly proxy?: { readonly host: string; readonly port: number }
  readonly requestTimeoutMs: number
  /** Names of the processors to run; default: all. */
  readonly only?: readonly string[]
  readonly orders: readonly Order[]
}

/** Messages to the parent process. */
export type Notice =
  | { readonly kind: 'ready' }
  /** Transactions were committed, the last one at `at`. */
  | { readonly kind: 'committed'; readonly at: number }
  /** A problem that /ready would report; null if everything works. */
  | { readonly kind: 'trouble'; readonly text: string | null }
  | { readonly kind: 'log'; readonly level: string; readonly message: string }
