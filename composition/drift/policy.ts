import type { Family } from '../../retrainer/training/tables/families.ts'
import type { LearnableStream } from './learnable-stream.ts'

/** When a model is retrained. */
export type Retrain =
  | { readonly kind: 'never' }
  | { readonly kind: 'every'; readonly rows: number }
  | { readonly kind: 'drift' }
  | { readonly kind: 'incremental' }

/** Result of a policy on a stream. */
export interface PolicyRun {
  /** One score for each row from the start on. */
  readonly scores: Float64Array
  readonly trainings: readonly Training[]
  readonly notes: readonly string[]
}

export interface Training {
  /** First row that the new model scored. */
  readonly row: number
  /** Number of ripe rows that it learned from. */
  readonly rows: number
  readonly why: string
}

export interface PolicyOptions {
  readonly family: Family
  readonly seed: number
  /** Rows per window of the drift detector. */
  readonly window: number
  readonly progress?: ((done: number) => void) | undefined
}

export type RunPolicy = (stream: LearnableStream, options: PolicyOptions) => Promise<PolicyRun>

/** Parses a policy: `never`, `every:1000`, `drift` or `incremental`. Returns `undefined` for anything else. */
export function readRetrain(text: string): Retrain | undefined {
  const every = /^every:(\d+)$/.exec(text.trim())
  if (every !== null) return Number(every[1]) > 0 ? { kind: 'every', rows: Number(every[1]) } : undefined
  const kind = text.trim()
  return kind === 'never' || kind === 'drift' || kind === 'incremental' ? { kind } : undefined
}

export function retrainName(retrain: Retrain): string {
  return retrain.kind === 'every' ? `every:${retrain.rows}` : retrain.kind
}
