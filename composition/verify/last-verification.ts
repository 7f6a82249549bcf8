import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../config.ts'

/** The newest verification by a process with this data directory. */
export interface LastVerification {
  /** ISO 8601. */
  readonly at: string
  /** What was verified, such as `customers/3`. */
  readonly what: string
  readonly differences: number
}

const fileOf = ({ DATA_DIRECTORY: directory }: Pick<Config, 'DATA_DIRECTORY'>) => join(directory, 'verified.json')

/** Keeps the result for `scoreline doctor`. Atomic, so that no reader sees half of it. */
export function keepVerification(config: Pick<Config, 'DATA_DIRECTORY'>, last: LastVerification): void {
  mkdirSync(config.DATA_DIRECTORY, { recursive: true })
  const temporary = `${fileOf(config)}.${process.pid}`
  writeFileSync(temporary, JSON.stringify(last))
  renameSync(temporary, fileOf(config))
}

/** Returns what was kept last; `undefined` if there is nothing to read. */
export function readLastVerification(config: Pick<Config, 'DATA_DIRECTORY'>): LastVerification | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(config), 'utf8')) as LastVerification
  } catch {
    return undefined
  }
}
