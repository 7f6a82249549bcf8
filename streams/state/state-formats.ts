import { recordKind, type Kind } from '../../processors/processor.ts'
import { recordCodec, recordIdOf, RECORD_IDS_MAX, type RecordCodec } from '../../schemas/avro/record-codec.ts'
import { firstFormats } from '../../schemas/release/release-state.ts'
import { releasedState } from '../../schemas/release/released-state.ts'
import { essenceOf } from '../../schemas/avro/same-schema.ts'
import { int, nullable, record, string, type TypeOf } from '../../schemas/avro/schema.ts'
import { kindRange, RESERVED_KEY } from './record-key.ts'
import { avroCodec, slotsCodec, type StateCodec } from './state-codec.ts'
import { StateFormatError } from './state-format-error.ts'
import type { Store } from './store.ts'

/**
 * How records are written stands in the state beside them, as records of its own, so that any code can read what any other has written. It is what everything
 * else is read by, so that it can never change itself.
 */
const StateFormat = record('StateFormat', 'How the records of a kind are written.', {
  kind: string,
  /** Stands in front of each record; 0 for numbers, which have nothing in front. */
  id: int,
  /** So many numbers; 0: as many as there are. */
  slots: nullable(int),
  /** Avro, as JSON without words. */
  schema: nullable(string),
})
export type StateFormat = TypeOf<typeof StateFormat>

export const formatKind: Kind<StateFormat> = recordKind('~format', StateFormat)
export const FORMATS_KEY = `${RESERVED_KEY}formats`
export const formatId = ({ kind, id }: StateFormat): string => `${kind}/${id}`
export const formatCodec = recordCodec(StateFormat, 0, new Map())
const FIRST_ID = 1

/** Whose state it is, and the kinds of records that its code knows. */
export interface FormatsOf {
  readonly name: string
  readonly version: number
  readonly kinds: readonly Kind<unknown>[]
}

export interface StateFormats {
  /** Writes as this code does, reads what any code has written. */
  codecOf<T>(kind: Kind<T>): StateCodec<T>
  /** The schema that wrote a record of a kind, Avro as JSON without words; `undefined`: it has none, or the state does not tell. */
  writerOf(kind: string, value: Buffer): string | undefined
  /** Formats that the state does not tell of yet: they must be there with the first record that is written. */
  readonly unsaved: readonly StateFormat[]
}

/** The formats of a state that lies in a store. Throws `StateFormatError` where this code can't read what is there. */
export function openFormats(store: Pick<Store, 'range'>, of: FormatsOf): StateFormats {
  const told = Array.from(store.range(...kindRange(FORMATS_KEY, formatKind.name)), ({ value }) => formatCodec.decode(value))
  const isNew =
    store
      .range(Buffer.from([1]), Buffer.from([0xff]), 1)
      [Symbol.iterator]()
      .next().done === true
  return createFormats(told, isNew, of)
}

/** @param told what the state says; nothing in a new state, and in one that was written before states told of their formats */
export function createFormats(told: readonly StateFormat[], isNew: boolean, of: FormatsOf): StateFormats {
  const former = told.length === 0 && !isNew ? formerFormats(of) : []
  const known = [...told, ...former]
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
    codecOf: <T>({ name }: Kind<T>) => codecs.get(name) as unknown as StateCodec<T>,
    writerOf: (kind, value) =>
      known.find((format) => format.kind === kind && format.id === recordIdOf(value))?.schema ?? undefined,
    unsaved,
  }
}

/** The formats that were released first: those of a state that was written before states told of their formats, its records under the first id. */
function formerFormats({ name, version, kinds }: FormatsOf): readonly StateFormat[] {
  const first = new Map(firstFormats(releasedState, name, version).map((format) => [format.kind, format]))
  return kinds.map((kind) => {
    const { slots, schema } = first.get(kind.name) ?? { slots: kind.slots, schema: kind.schema?.avro }
    if (schema === undefined) return { kind: kind.name, id: 0, slots: slots!, schema: null }
    return { kind: kind.name, id: FIRST_ID, slots: null, schema: essenceOf(schema) }
  })
}

function ownFormat({ name, slots, schema }: Kind<unknown>, formats: readonly StateFormat[]): StateFormat {
  const text = schema === undefined ? null : essenceOf(schema.avro)
  const known = formats.find((format) => format.schema === text)
  if (known !== undefined) return known
  if (text === null) return { kind: name, id: 0, slots: slots!, schema: null }
  return { kind: name, id: Math.max(FIRST_ID - 1, ...formats.map(({ id }) => id)) + 1, slots: null, schema: text }
}

function refusalOf({ slots, schema }: Kind<unknown>, formats: readonly StateFormat[]): string | undefined {
  for (const format of formats) {
    if (schema !== undefined && format.slots !== null) return `is ${format.slots} numbers, and has a schema in this code`
    if (schema === undefined && format.slots === null) return `has a schema, and is ${slots} numbers in this code`
    if (schema === undefined && format.slots !== slots) return `is ${format.slots} numbers, and ${slots} in this code`
  }
  return formats.length < RECORD_IDS_MAX ? undefined : `was written with ${formats.length} schemas already`
}

function codecFor(of: FormatsOf, kind: Kind<unknown>, own: StateFormat, formats: readonly StateFormat[]): StateCodec {
  if (kind.schema === undefined) return slotsCodec(kind.name, kind.slots) as unknown as StateCodec
  try {
    const writers = new Map(formats.map(({ id, schema }) => [id, JSON.parse(schema!) as unknown]))
    return avroCodec(kind.name, recordCodec(kind.schema, own.id, writers))
  } catch (error) {
    throw unreadable(of, kind, `was written with a schema that this code can’t resolve (${(error as Error).message})`)
  }
}

function unreadable({ name, version }: FormatsOf, kind: Kind<unknown>, why: string): StateFormatError {
  return new StateFormatError(
    `The stored state of ${name}@${version} can’t be read: ${kind.name} ${why}. Raise the version of ${name}, and its state is rebuilt from the inputs; ` +
      'or go back to the code that wrote it.',
  )
}
