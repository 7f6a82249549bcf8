import { recordState, type StateDescriptor } from '../../processors/processor.ts'
import { recordCodec, recordIdOf, RECORD_IDS_MAX, type RecordCodec } from '../../schemas/avro/record-codec.ts'
import { initialFormats } from '../../schemas/release/release-state.ts'
import { releasedState } from '../../schemas/release/released-state.ts'
import { canonicalSchema } from '../../schemas/avro/same-schema.ts'
import { int, nullable, record, string, type TypeOf } from '../../schemas/avro/schema.ts'
import { kindRange, RESERVED_KEY } from './record-key.ts'
import { avroCodec, slotsCodec, type StateCodec } from './state-codec.ts'
import { StateFormatError } from './state-format-error.ts'
import type { Store } from './store.ts'

/**
 * The formats of records are stored in the state itself, so that any version of the code can read what another has
 * written. Every other record is read through them, so this schema can never change.
 */
const StateFormat = record('StateFormat', 'How the records of a kind are written.', {
  kind: string,
  /** Id of the format, which precedes each record; 0 for numbers, which have no prefix. */
  id: int,
  /** Numbers per record; 0 if variable. */
  slots: nullable(int),
  /** Avro schema as JSON, without docs. */
  schema: nullable(string),
})
export type StateFormat = TypeOf<typeof StateFormat>

export const formatKind: StateDescriptor<StateFormat> = recordState('~format', StateFormat)
export const FORMATS_KEY = `${RESERVED_KEY}formats`
export const formatId = ({ kind, id }: StateFormat): string => `${kind}/${id}`
export const formatCodec = recordCodec(StateFormat, 0, new Map())
const FIRST_ID = 1

/** The processor that owns the state, and the record kinds that its code knows. */
export interface FormatsOf {
  readonly name: string
  readonly version: number
  readonly kinds: readonly StateDescriptor<unknown>[]
}

export interface StateFormats {
  /** Returns a codec that writes this code’s format and reads any known format. */
  codecOf<T>(kind: StateDescriptor<T>): StateCodec<T>
  /**
   * Returns the schema that a record was written with, as Avro JSON without docs; `undefined` if it has none or is
   * unknown.
   */
  writerOf(kind: string, value: Buffer): string | undefined
  /** Formats missing from the state, which must be written with its first record. */
  readonly unsaved: readonly StateFormat[]
}

/** Reads the formats of a stored state. Throws `StateFormatError` if this code can’t read its records. */
export function openFormats(store: Pick<Store, 'range'>, of: FormatsOf): StateFormats {
  const stored = Array.from(store.range(...kindRange(FORMATS_KEY, formatKind.name)), ({ value }) =>
    formatCodec.decode(value),
  )
  const isNew =
    store
      .range(Buffer.from([1]), Buffer.from([0xff]), 1)
      [Symbol.iterator]()
      .next().done === true
  return createFormats(stored, isNew, of)
}

/** @param stored the formats in the state; none in a new state, or in one written before formats were stored */
export function createFormats(stored: readonly StateFormat[], isNew: boolean, of: FormatsOf): StateFormats {
  const former = stored.length === 0 && !isNew ? formerFormats(of) : []
  const known = [...stored, ...former]
  const unsaved = [...former]
  const codecs = new Map<string, StateCodec>()
  for (const kind of of.kinds) {
    const formats = known.filter((format) => format.kind === kind.name)
    const refusal = refusalOf(kind, formats)
    if (refusal !== undefined) throw unreadable(of, kind, refusal)
    const own = ownFormat(kind, formats)
    if (!formats.includes(own)) unsaved.push(own)
    codecs.set(kind.name, codecFor(of, kind, own, formats))
  }
  codecs.set(formatKind.name, avroCodec<unknown>(formatKind.name, formatCodec as RecordCodec<unknown>))
  return {
    codecOf: <T>({ name }: StateDescriptor<T>) => codecs.get(name) as unknown as StateCodec<T>,
    writerOf: (kind, value) =>
      known.find((format) => format.kind === kind && format.id === recordIdOf(value))?.schema ?? undefined,
    unsaved,
  }
}

/** Returns the first released formats, which apply to a state written before formats were stored. */
function formerFormats({ name, version, kinds }: FormatsOf): readonly StateFormat[] {
  const first = new Map(initialFormats(releasedState, name, version).map((format) => [format.kind, format]))
  return kinds.map((kind) => {
    const { slots, schema } = first.get(kind.name) ?? { slots: kind.slots, schema: kind.schema?.avro }
    if (schema === undefined) return { kind: kind.name, id: 0, slots: slots!, schema: null }
    return { kind: kind.name, id: FIRST_ID, slots: null, schema: canonicalSchema(schema) }
  })
}

function ownFormat({ name, slots, schema }: StateDescriptor<unknown>, formats: readonly StateFormat[]): StateFormat {
  const text = schema === undefined ? null : canonicalSchema(schema.avro)
  const known = formats.find((format) => format.schema === text)
  if (known !== undefined) return known
  if (text === null) return { kind: name, id: 0, slots: slots!, schema: null }
  return { kind: name, id: Math.max(FIRST_ID - 1, ...formats.map(({ id }) => id)) + 1, slots: null, schema: text }
}

function refusalOf({ slots, schema }: StateDescriptor<unknown>, formats: readonly StateFormat[]): string | undefined {
  for (const format of formats) {
    if (schema !== undefined && format.slots !== null)
      return `is ${format.slots} numbers, and has a schema in this code`
    if (schema === undefined && format.slots === null) return `has a schema, and is ${slots} numbers in this code`
    if (schema === undefined && format.slots !== slots) return `is ${format.slots} numbers, and ${slots} in this code`
  }
  return formats.length < RECORD_IDS_MAX ? undefined : `was written with ${formats.length} schemas already`
}

function codecFor(
  of: FormatsOf,
  kind: StateDescriptor<unknown>,
  own: StateFormat,
  formats: readonly StateFormat[],
): StateCodec {
  if (kind.schema === undefined) return slotsCodec(kind.name, kind.slots) as unknown as StateCodec
  try {
    const writers = new Map(formats.map(({ id, schema }) => [id, JSON.parse(schema!) as unknown]))
    return avroCodec(kind.name, recordCodec(kind.schema, own.id, writers))
  } catch (error) {
    throw unreadable(of, kind, `was written with a schema that this code can’t resolve (${(error as Error).message})`)
  }
}

function unreadable({ name, version }: FormatsOf, kind: StateDescriptor<unknown>, why: string): StateFormatError {
  return new StateFormatError(
    `The stored state of ${name}@${version} can’t be read: ${kind.name} ${why}. Raise the version of ${name}, and its state is rebuilt from the inputs; ` +
      'or go back to the code that wrote it.',
  )
}
