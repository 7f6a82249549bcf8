import type { Config } from '../../config.ts'
import type { Inspection } from '../../kafka/admin/inspection.ts'
import type { Database } from '../../store/database.ts'

export type Status = 'ok' | 'warning' | 'error'

/** One result of a check. */
export interface Finding {
  readonly status: Status
  /** What was found, as a sentence. */
  readonly found: string
  /** What to do about it; missing if nothing needs to be done. */
  readonly advice?: string
}

/** What the checks look at. Kafka and PostgreSQL throw with advice if none is configured. */
export interface Examined {
  readonly config: Config
  /** This machine's clock, ms since the epoch. */
  readonly nowMs: () => number
  /** Returns the size of the file system of an existing folder, and what this user may still write, in bytes. */
  readonly diskOf: (folder: string) => Promise<{ readonly freeBytes: number; readonly totalBytes: number }>
  readonly kafka: () => Inspection
  readonly database: () => Database
}

/** A check changes nothing, and no error of it stops the others. */
export interface Check {
  /** Name in the output. */
  readonly name: string
  /** Name of the check of a connection without which this one can't be made. */
  readonly needs?: string
  run(examined: Examined): Promise<readonly Finding[]>
}

export const ok = (found: string): Finding => ({ status: 'ok', found })
export const warning = (found: string, advice: string): Finding => ({ status: 'warning', found, advice })
export const error = (found: string, advice: string): Finding => ({ status: 'error', found, advice })

const LISTED_MAX = 5

/** Lists names, the first few of many. */
export function listed(names: readonly string[]): string {
  const more = names.length - LISTED_MAX
  return more > 0 ? `${names.slice(0, LISTED_MAX).join(', ')} and ${more} more` : names.join(', ')
}
