import type { CopiedSequence, CopiedTable } from '../../store/operations/copy-tables.ts'
import type { FileSum } from './framed-file.ts'
import { sealed, unsealed } from './sealed-text.ts'

/** Written last: a folder without it is no backup. */
export const MANIFEST = 'manifest.json'
/** Format of the files; a program refuses others. */
export const FORMAT = 1

export interface Manifest {
  readonly format: number
  /** Time of the cut, ISO 8601. */
  readonly takenAt: string
  /** Version of the program. */
  readonly version: string
  readonly clusterId: string
  readonly topicPrefix: string
  /** Names of the migrations of the database. */
  readonly migrations: readonly string[]
  /** Released schemas by id, as SHA-256 of the subject and schema: every message names one. */
  readonly schemas: Readonly<Record<string, string>>
  readonly topics: readonly BackedUpTopic[]
  readonly tables: readonly BackedUpTable[]
  readonly sequences: readonly CopiedSequence[]
  /** Committed offsets of the processors' groups. */
  readonly groups: Readonly<
    Record<string, readonly { readonly topic: string; readonly partition: number; readonly offset: number }[]>
  >
}

export interface BackedUpTopic {
  readonly name: string
  readonly topicId: string
  readonly settings: Readonly<Record<string, string>>
  readonly partitions: readonly BackedUpPartition[]
}

export interface BackedUpPartition extends FileSum {
  /** Offset of the first record that the topic held; retention has deleted those before. */
  readonly start: number
  /** Offset of the next record. */
  readonly end: number
  readonly records: number
  /** Highest id of the producers of the records; -1 if there is none. */
  readonly producerIdMax: number
}

export interface BackedUpTable extends CopiedTable, FileSum {
  readonly rows: number
}

/** Returns the path of a partition's records within the folder. */
export function pathOfPartition(topic: string, partition: number): string {
  return `topics/${topic}/${partition}.zst`
}

/** Returns the path of a table's rows within the folder. */
export function pathOfTable(table: string): string {
  return `tables/${table}.zst`
}

export const formatManifest = (manifest: Manifest): string => sealed(manifest)

/** Throws if the text is not exactly what `formatManifest` returned for a manifest of this format. */
export function parseManifest(text: string, path: string): Manifest {
  const manifest = unsealed<Manifest>(text)
  if (manifest === undefined)
    throw new Error(`${path} is damaged: it does not match its own checksum. Take another backup.`)
  if (manifest.format === FORMAT) return manifest
  throw new Error(`${path} has the format ${manifest.format}; this program reads ${FORMAT}: restore with its version.`)
}
