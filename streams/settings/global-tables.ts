import { createHash } from 'node:crypto'
import {
  decidersOf,
  type Globals,
  type Model,
  type Processor,
  type Scorer,
  type Trials,
} from '../../processors/processor.ts'
import { releases, type Release } from '../../schemas/models/releases.ts'
import type { Envelope } from '../../schemas/avro/schema.ts'
import { erasures, type Erasure } from '../../schemas/platform/erasures.ts'
import { checkEvent, checkKey, TIME_MAX_MS } from '../../schemas/check-event.ts'
import type { GlobalTopic } from '../../schemas/topic.ts'
import { customerMerges, type CustomerMerge } from '../../schemas/platform/customer-merges.ts'
import { mergedCustomers, nobodyMerged, type MergedAtVersion } from '../merging/merged-customers.ts'
import { createErasedPersons, type ErasedPersons } from '../erasure/erased-persons.ts'
import { settingsVersionOf } from './settings-version.ts'

/** Length of a digest in hex digits. It is stored with each position, so it is short. */
const DIGEST_DIGITS = 16

/** The models built from a release. */
interface ReleasedModels {
  readonly released: Model
  readonly trials: Trials | undefined
}

interface Entry {
  /** Value of the entry; for a release, its `ReleasedModels`, since the bytes of the artefacts are not kept. */
  readonly value: unknown
  readonly version: string
  /** The part of the entry that a decision on the whole table depends on; empty if none. */
  readonly decisive: string
  /** Offset of its record. */
  readonly offset: number
}

/** Contents of the global topics, by topic and key. */
export type GlobalTables = ReadonlyMap<string, ReadonlyMap<string, Entry>>

/** One version of all global tables, used for a whole transaction. */
export interface GlobalsVersion extends Globals {
  /** Position of each global topic at this version. */
  readonly positions: readonly { readonly topic: string; readonly offset: number }[]
  /**
   * Returns a text of the entry versions that a processor's decisions depend on. A change of it triggers re-evaluation
   * of every key.
   */
  settingsVersion(processor: Pick<Processor, 'reevaluateOn'> & Partial<Processor>): string
  /** The erasures at this version. */
  readonly erased: ErasedAtVersion
  /** The merges of customers at this version. */
  readonly merged: MergedAtVersion
}

/** Erasures as a transaction sees them. */
export interface ErasedAtVersion {
  readonly persons: ErasedPersons
  /** Returns the digests of the people whose erasures have this offset or a later one. */
  from(offset: number): ReadonlySet<string>
  /** Offset after the newest erasure; 0 if there is none. */
  readonly end: number
}

/** Thrown when a processor reads a table that it does not declare. No event is to blame. */
export class UndeclaredTableError extends Error {
  override readonly name = 'UndeclaredTableError'
  constructor(table: string, processor?: string) {
    super(
      processor === undefined
        ? `The global table ${table} is not read: declare it in a processor's reevaluateOn or globalTables.`
        : `${processor} reads the global table ${table} without declaring it: add it to the processor's reevaluateOn or globalTables.`,
    )
  }
}

/** Returns the tables that a decision may read. */
function tablesOf({
  globalTables = [],
  reevaluateOn = [],
}: Pick<Processor, 'globalTables' | 'reevaluateOn'>): readonly GlobalTopic[] {
  return [...globalTables, ...reevaluateOn.map(([table]) => table)]
}

/** Returns the global topics that these processors need, releases first; every task must know who is erased or merged. */
export function globalTopicsOf(processors: readonly Processor[]): readonly GlobalTopic[] {
  return [
    ...new Set([
      ...([releases, erasures, customerMerges] as GlobalTopic[]),
      ...processors.flatMap(decidersOf).flatMap(tablesOf),
    ]),
  ]
}

export function emptyTables(topics: readonly GlobalTopic[]): GlobalTables {
  return new Map(topics.map(({ name }) => [name, new Map()]))
}

/**
 * Returns the tables with a record of a global topic applied; a value of `null` deletes the key. `loadModel` turns a
 * release into a model and may throw. Throws `EventError` for a record that breaks the rules of its topic: other
 * programs may write there too, and decisions rely on the rules.
 */
export function withRecord(
  tables: GlobalTables,
  topic: GlobalTopic,
  key: string,
  value: unknown,
  loadModel: (release: Release) => Model,
  offset = 0,
): GlobalTables {
  const table = new Map(tables.get(topic.name))
  if (value === null) table.delete(key)
  else {
    checkRecord(topic, key, value as Envelope)
    const version = String(topic.versionOf(value))
    table.set(key, {
      value: isReleases(topic) ? releasedModels(value as Release, loadModel) : value,
      version,
      decisive: topic.decisiveOf?.(value) ?? version,
      offset,
    })
  }
  return new Map(tables).set(topic.name, table)
}

function releasedModels(release: Release, loadModel: (release: Release) => Model): ReleasedModels {
  const released = loadModel(release)
  const { trials } = release
  if (trials.length === 0) return { released, trials: undefined }
  const models = trials.map((trial) => ({ ...trial, model: loadModel({ ...release, ...trial }) }))
  return {
    released,
    trials: {
      canary: models.find(({ mode }) => mode === 'canary'),
      shadows: models.filter(({ mode }) => mode === 'shadow').map(({ model }) => model),
    },
  }
}

/** Checks a record; of a release only the key, since figures may be NaN and loading shows if its model is usable. */
function checkRecord(topic: GlobalTopic, key: string, value: Envelope): void {
  if (isReleases(topic)) checkKey(topic, value, key)
  else checkEvent(topic, value, { key, writtenAt: TIME_MAX_MS })
}

export function globalsVersion(tables: GlobalTables, positions: GlobalsVersion['positions']): GlobalsVersion {
  const models = (task: string) => tables.get(releases.name)?.get(task)?.value as ReleasedModels | undefined
  return {
    get<T>(topic: GlobalTopic<T>, key: string) {
      const table = tables.get(topic.name)
      if (table === undefined || isReleases(topic as GlobalTopic)) throw new UndeclaredTableError(topic.name)
      return table.get(key)?.value as T | undefined
    },
    model: (task) => models(task)?.released,
    trials: (task) => models(task)?.trials,
    positions,
    settingsVersion: (processor) =>
      settingsVersionOf(processor, ([topic, key]) => {
        const table = tables.get(topic.name)
        return key === undefined ? tableVersion(table) : table?.get(key)?.version
      }),
    get erased() {
      return erasedIn(tables.get(erasures.name))
    },
    get merged() {
      return mergedIn(tables.get(customerMerges.name))
    },
  }
}

const nobody: ErasedAtVersion = { persons: createErasedPersons([]), from: () => new Set(), end: 0 }
/** Cached, since each transaction needs them. */
const erasedOfTables = new WeakMap<ReadonlyMap<string, Entry>, ErasedAtVersion>()

function erasedIn(table: ReadonlyMap<string, Entry> | undefined): ErasedAtVersion {
  if (table === undefined || table.size === 0) return nobody
  let known = erasedOfTables.get(table)
  if (known === undefined) {
    const list = [...table.values()].map(({ value, offset }) => ({ ...(value as Erasure), offset }))
    known = {
      persons: createErasedPersons(list),
      from: (first) => new Set(list.filter(({ offset }) => offset >= first).map(({ digest }) => digest)),
      end: Math.max(...list.map(({ offset }) => offset)) + 1,
    }
    erasedOfTables.set(table, known)
  }
  return known
}

const mergedOfTables = new WeakMap<ReadonlyMap<string, Entry>, MergedAtVersion>()

function mergedIn(table: ReadonlyMap<string, Entry> | undefined): MergedAtVersion {
  if (table === undefined || table.size === 0) return nobodyMerged
  let known = mergedOfTables.get(table)
  if (known === undefined) {
    known = mergedCustomers([...table.values()].map(({ value, offset }) => ({ ...(value as CustomerMerge), offset })))
    mergedOfTables.set(table, known)
  }
  return known
}

/** Cached digests, since each transaction needs them. */
const tableVersions = new WeakMap<ReadonlyMap<string, Entry>, string | undefined>()

/** Returns a digest of the decisive parts of a table, whatever the order of entries; `undefined` if there are none. */
function tableVersion(table: ReadonlyMap<string, Entry> | undefined): string | undefined {
  if (table === undefined) return undefined
  if (!tableVersions.has(table)) {
    const entries = [...table].filter(([, { decisive }]) => decisive !== '')
    const lines = entries.map(([key, { decisive }]) => JSON.stringify([key, decisive])).sort()
    const digest = createHash('sha256').update(lines.join()).digest('hex').slice(0, DIGEST_DIGITS)
    tableVersions.set(table, lines.length === 0 ? undefined : digest)
  }
  return tableVersions.get(table)
}

/**
 * Restricts a processor to the tables that it declares: an undeclared one would not be loaded where the processor runs
 * alone.
 */
export function declaredOnly(decider: Processor | Scorer): (globals: Globals) => Globals {
  const declared = new Set(tablesOf(decider).filter((topic) => !isReleases(topic)))
  return (globals) => ({
    get(topic, key) {
      if (!declared.has(topic as GlobalTopic)) throw new UndeclaredTableError(topic.name, decider.name)
      return globals.get(topic, key)
    },
    model: (task) => globals.model(task),
    trials: (task) => globals.trials?.(task),
  })
}

function isReleases(topic: GlobalTopic): boolean {
  return topic === (releases as GlobalTopic)
}
