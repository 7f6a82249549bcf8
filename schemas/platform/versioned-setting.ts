import type { Envelope, RecordSchema, Schema } from '../avro/schema.ts'
import { record } from '../avro/schema.ts'
import type { Topic } from '../topic.ts'

/**
 * Something that people set while the platform runs: every version stays on record with who made it, and the newest is published on a
 * global topic. Routes, storage and publishing follow from this declaration (`api/versioned-settings.ts`, `store/versioned-settings.ts`).
 */
export interface VersionedSetting<Value extends object = object> {
  /** One of them, in one word: it stands in the table, in ids of events and in messages. */
  readonly name: string
  /** Of the list in the API; one of them is below it. */
  readonly path: string
  /** What it is, for the description of the API. */
  readonly doc: string
  /** The field that names one of them, in events and in answers. */
  readonly key: string
  /** What is set. Stored versions are read through it as it is now. */
  readonly value: RecordSchema<Value>
  readonly topic: Topic
  /** Those that there are; not given: any name may be added. */
  readonly names?: readonly string[]
  /** Version 0: what holds until somebody sets another value. */
  readonly defaults: ReadonlyMap<string, Value>
  /** What it means that one has no default and was never set; its fields are null then. */
  readonly unset?: string
  /** Fields that every edit states although their schema has a default. */
  readonly required?: readonly string[]
  /** The record that it is published in, where that holds more than this one value. */
  readonly catalogue?: Catalogue
  /** What is wrong with a value besides its schema; `whole`: the catalogue as it would be. */
  refuses?(value: Value, whole: unknown): string | undefined
}

/** Several lists of entries that are published as one record, and whose versions are counted together. */
export interface Catalogue<Whole = unknown> {
  /** In one word, for ids of events and messages. */
  readonly name: string
  readonly topic: Topic<Whole>
  readonly default: Whole
  /** By the field of the record that holds the entries. */
  readonly lists: Readonly<Record<string, VersionedSetting>>
}

/** The fields of a published record that are no part of the value. */
type Frame = keyof Envelope | 'version' | 'changedBy'
const FRAME: readonly string[] = ['id', 'occurredAt', 'source', 'version', 'changedBy'] satisfies readonly Frame[]

interface Published extends Envelope {
  readonly version: number
  readonly changedBy: string
}

type Words = Pick<VersionedSetting, 'name' | 'path' | 'doc'>

/** A setting of which each is a record of its own on the topic, under its key. */
export function versionedSetting<T extends Published, Key extends keyof T & string>(
  definition: Words & {
    readonly topic: Topic<T>
    readonly key: Key
    readonly names: readonly string[]
    readonly defaults: ReadonlyMap<string, Omit<T, Frame | Key>>
    readonly unset?: string
    readonly required?: readonly Exclude<keyof T & string, Frame | Key>[]
    refuses?(value: Omit<T, Frame | Key>): string | undefined
  },
): VersionedSetting<Omit<T, Frame | Key>> {
  const { topic, key } = definition
  return { ...definition, topic: topic as Topic, value: withoutFields(topic.schema, [...FRAME, key]) }
}

type EntryOf<Whole, List extends keyof Whole> = Whole[List] extends readonly (infer Entry extends object)[] ? Entry : never

/** Settings whose entries, of several kinds, are published together. An entry is named by its field `id`. */
export function catalogue<Whole extends Published, List extends keyof Whole & string>(definition: {
  readonly name: string
  readonly topic: Topic<Whole>
  readonly default: Whole
  readonly lists: {
    readonly [L in List]: Words & { refuses?(entry: Omit<EntryOf<Whole, L>, 'id'>, whole: Whole): string | undefined }
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
  left: readonly string[],
): RecordSchema<T> {
  const kept = Object.entries(fields).filter(([field]) => !left.includes(field))
  return record(name, doc, Object.fromEntries(kept)) as unknown as RecordSchema<T>
}
