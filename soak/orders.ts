import type { FailPoint } from '../streams/task/fail-point.ts'

/** Orders for a process of the platform under test, at its start or while it works. */
export type Order =
  /** Kills itself as kill -9 would, a delay (ms) after it has passed the point a number of times. */
  | { readonly kind: 'die'; readonly point: FailPoint; readonly passes: number; readonly laterMs: number }
  /** Blocks its event loop. */
  | { readonly kind: 'stall'; readonly ms: number }
  /** Skews its wall clock ahead of all others; negative: behind. */
  | { readonly kind: 'skew'; readonly ms: number }

/** The parts that run as processes of their own. */
export type PlatformPart = 'processors' | 'sink' | 'api'

/** Handed over on the command line. */
export interface PlatformProcessSettings {
  readonly part: PlatformPart
  /** Brokers are dialled there. */
  readonly proxy?: { readonly host: string; readonly port: number }
  readonly requestTimeoutMs: number
  /** Names of processors; all of them where it is left out. */
  readonly only?: readonly string[]
  readonly orders: readonly Order[]
}

/** Messages to the parent process. */
export type Notice =
  | { readonly kind: 'ready' }
  /** Transactions were committed, the last one just now. */
  | { readonly kind: 'committed'; readonly at: number }
  /** What /ready would say of its parts; null: all of them work. */
  | { readonly kind: 'trouble'; readonly text: string | null }
  | { readonly kind: 'log'; readonly level: string; readonly message: string }
