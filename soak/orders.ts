import type { FailPoint } from '../streams/task/fail-point.ts'

/** What a process of the platform under test can be told, at its start or while it works. */
export type Order =
  /** Ends itself as kill -9 would, so many ms after it has passed the point so often. */
  | { readonly kind: 'die'; readonly point: FailPoint; readonly passes: number; readonly laterMs: number }
  /** Its event loop stands still. */
  | { readonly kind: 'stall'; readonly ms: number }
  /** Its wall clock goes so much ahead of everybody else's; negative: behind. */
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

/** What the process tells its starter. */
export type Notice =
  | { readonly kind: 'ready' }
  /** Transactions were committed, the last one just now. */
  | { readonly kind: 'committed'; readonly at: number }
  | { readonly kind: 'log'; readonly level: string; readonly message: string }
