/** The topic or the partition of a tail does not exist. */
export class TailError extends Error {}

/** Which records of a topic are read as they arrive. */
export interface TailRequest {
  /** Name of the topic on the brokers. */
  readonly address: string
  /** All partitions if not given. */
  readonly partition?: number | undefined
  /** About how many of the newest records come first. */
  readonly last: number
  readonly signal: AbortSignal
}

/** A committed record of a topic. */
export interface TailedRecord {
  readonly partition: number
  readonly offset: number
  /** When it was written, ms since 1970. */
  readonly writtenAt: number
  readonly key: Buffer | null
  readonly value: Buffer | null
}
