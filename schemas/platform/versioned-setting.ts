import type { Envelope, RecordSchema, Schema } from '../avro/schema.ts'
import { record } from '../avro/schema.ts'
import type { Topic } from '../topic.ts'

/**
 * A setting that people change at run time: every version is recorded with its author, and the latest is published on a
 * global topic. Routes, storage and publishing follow from this declaration (`api/versioned-settings.ts`,
 * `store/versioned-settings.ts`).
 */
export interface VersionedSetting<Value extends object = object> {
  /** Singular noun: used in the table, in ids of events and in messages. */
  readonly name: string
  /** Path of the list in the API; single settings are below it. */
  readonly path: string
  /** Description of the setting in the API. */
  readonly doc: string
  /** Field that names a single setting, in events and in answers. */
  readonly key: string
  /** The value. Stored versions are read through the current schema. */
  readonly value: RecordSchema<Value>
  readonly topic: Topic
  /** Whether any name may be added; otherwise only those with a default exist. */
  readonly open: boolean
  /** Version 0 of each setting, which applies until a value is set. */
  readonly defaults: ReadonlyMap<string, Value>
  /** Fields that every edit must state although their schema has a default. */
  readonly required?: readonly string[]
  /**
   * Whether an edit is an activation: it states its reason, is tried on history first, and is published with the reason
   * and the version that it replaces. The routes that edit it belong to its subject (`api/visits/policies.ts`).
   */
  readonly activated?: boolean
  /** Fields of the published record that belong neither to the value nor to the frame of every setting. */
  readonly extraMetadata?: readonly string[]
  /** Catalogue that publishes the setting as part of a larger record. */
  readonly catalogue?: Catalogue
  /** Validates a value beyond its schema, and returns why it is refused. `whole`: the resulting catalogue. */
  validate?(value: Value, whole: unknown): string | undefined
  /** Whether an entry of a catalogue has ended by `at`. It is then no longer published, but stays on record. */
  hasEnded?(value: Value, at: number): boolean
}

/** Several lists of entries published as one record with one version count. */
export interface Catalogue<Whole = unknown> {
  /** One word, for ids of events and for messages. */
  readonly name: string
  readonly topic: Topic<Whole>
  readonly default: Whole
  /** Settings by the field of the record that holds their entries. */
  readonly lists: Readonly<Record<string, VersionedSetting>>
}

/** Fields of a published record that are not part of the value. */
type RecordMetadata = keyof Envelope | 'version' | 'changedBy'
const METADATA_FIELDS: readonly string[] = [
  'id',
  'occurredAt',
  'source',
  'version',
  'changedBy',
] satisfies readonly RecordMetadata[]

interface Published extends Envelope {
  readonly version: number
  readonly changedBy: string
}

type Words = Pick<VersionedSetting, 'name' | 'path' | 'doc'>

/** Declares a setting that is published as a record of its own on the topic, under its key. */
export function versionedSetting<
  T extends Published,
  Key extends keyof T & string,
  ExtraMetadata extends keyof T & string = never,
>(
  definition: Words & {
    readonly topic: Topic<T>
    readonly key: Key
    readonly defaults: ReadonlyMap<string, Omit<T, RecordMetadata | Key | ExtraMetadata>>
    /** Whether any name may be added. By default, only those with a default exist. */
    readonly open?: boolean
    readonly required?: readonly Exclude<keyof T & string, RecordMetadata | Key | ExtraMetadata>[]
    readonly activated?: boolean
    readonly extraMetadata?: readonly ExtraMetadata[]
    validate?(value: Omit<T, RecordMetadata | Key | ExtraMetadata>): string | undefined
  },
): VersionedSetting<Omit<T, RecordMetadata | Key | ExtraMetadata>> {
  const { topic, key, open = false, extraMetadata = [] } = definition
  const omitted = [...METADATA_FIELDS, ...extraMetadata, key]
  return { ...definition, open, topic: topic as Topic, value: withoutFields(topic.schema, omitted) }
}

type EntryOf<Whole, List extends keyof Whole> = Whole[List] extends readonly (infer Entry extends object)[]
  ? Entry
  : never

/** Declares settings whose entries, of several kinds, are published together. The field `id` identifies an entry. */
export function catalogue<Whole extends Published, List extends keyof Whole & string>(definition: {
  readonly name: string
  readonly topic: Topic<Whole>
  readonly default: Whole
  readonly lists: {
    readonly [L in List]: Words & {
      validate?(entry: Omit<EntryOf<Whole, L>, 'id'>, whole: Whole): string | undefined
      hasEnded?(entry: Omit<EntryOf<Whole, L>, 'id'>, at: number): boolean
    }
  }
}): Catalogue<Whole> & { readonly lists: { readonly [L in List]: VersionedSetting<Omit<EntryOf<Whole, L>, 'id'>> } } {
  const { topic } = definition
  const lists = {} as { [L in List]: VersionedSetting<Omit<EntryOf<Whole, L>, 'id'>> }
  const made = { ...definition, lists }
  for (const list of Object.keys(definition.lists) as List[]) {
    const entries = definition.default[list] as readonly { readonly id: string }[]
    const setting = {
      ...definition.lists[list],
      key: 'id',
      open: true,
      value: withoutFields(entryOf(topic.schema.fields[list]!), ['id']),
      topic: topic as Topic,
      defaults: new Map(entries.map(({ id, ...value }) => [id, value])),
      catalogue: made as unknown as Catalogue,
    }
    lists[list] = setting as unknown as (typeof lists)[List]
  }
  return made
}

function entryOf(list: Schema<unknown>): RecordSchema<object> {
  const entry = list.shape.kind === 'array' ? list.shape.items.shape : undefined
  if (entry?.kind !== 'record') throw new Error('A list of a catalogue is an array of records.')
  return record(entry.name, '', entry.fields)
}

function withoutFields<T extends object>(
  { name, doc = '', fields }: RecordSchema<unknown>,
  omitted: readonly string[],
): RecordSchema<T> {
  const kept = Object.entries(fields).filter(([field]) => !omitted.includes(field))
  return record(name, doc, Object.fromEntries(kept)) as unknown as RecordSchema<T>
}
