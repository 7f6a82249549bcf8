import { setImmediate } from 'node:timers/promises'
import { sourceOf, type Processor, type StateDescriptor } from '../../processors/processor.ts'
import { recordCodec, type RecordCodec } from '../../schemas/avro/record-codec.ts'
import type { RecordSchema } from '../../schemas/avro/schema.ts'
import { movedRecords, type CustomerMerge, type MovedRecord } from '../../schemas/platform/customer-merges.ts'
import { textsAt, withTextAt } from '../../schemas/persons.ts'
import { message, type Message } from '../../schemas/topic.ts'
import { rulesOf, withdrawnTopics, type KindRule } from '../erasure/state-erasure.ts'
import type { GlobalsVersion } from '../settings/global-tables.ts'
import { mergedKind, POSITION_KEY, timerKind } from '../state/reserved-kinds.ts'
import { slotsCodec } from '../state/state-codec.ts'
import type { TaskState } from '../state/task-state.ts'

/** What a transaction has to do because customers were merged. */
export interface StateMerging {
  /** Merges of customers whose records the task may hold. */
  readonly merges: readonly CustomerMerge[]
  /** Records of other keys that name one. */
  readonly records: readonly NamingRecord[]
  /** Offset of the merges that the state has applied. */
  readonly end: number
}

interface NamingRecord {
  readonly key: string
  readonly rule: KindRule
  readonly id: string
  readonly newId: string
  readonly value: unknown
}

/** Keys examined in one go: a few milliseconds of work, after which heartbeats and other tasks have their turn. */
const KEYS_PER_TURN = 2_000
/** Bytes of state per record of the topic; far below what a broker accepts. */
const PIECE_BYTES = 256 << 10

/** Returns whether the keys of a processor are customers, so that a merge moves its state. */
export function isKeyedByCustomer({ persons }: Pick<Processor, 'persons'>): boolean {
  return (persons ?? { by: 'key' }).by === 'key'
}

/** Finds what is to be done; `undefined`: all merges have been applied. */
export async function findMerging(
  processor: Processor,
  state: TaskState,
  { merged }: Pick<GlobalsVersion, 'merged'>,
): Promise<StateMerging | undefined> {
  const applied = state.keyedState(POSITION_KEY).get(mergedKind, '')?.[0] ?? 0
  // Asked before each transaction, and nearly always the end of it.
  if (applied >= merged.end) return undefined
  const { end } = merged
  const { persons } = processor
  if (isKeyedByCustomer(processor)) return { merges: merged.from(applied), records: [], end }
  if (persons?.by !== 'kind') return { merges: [], records: [], end }
  const ids = new Set(merged.from(applied).map(({ customerId }) => customerId))
  const rules = rulesOf(processor, persons.kinds)
  const records: NamingRecord[] = []
  for (let page = state.keys(null, KEYS_PER_TURN); page.length > 0; page = state.keys(page.at(-1)!, KEYS_PER_TURN)) {
    for (const key of page)
      for (const rule of rules) records.push(...namingRecords(state, key, rule, ids, (id) => merged.rootOf(id)))
    if (page.length < KEYS_PER_TURN) break
    await setImmediate()
  }
  return { merges: [], records, end }
}

function namingRecords(
  state: TaskState,
  key: string,
  rule: KindRule,
  ids: ReadonlySet<string>,
  rootOf: (id: string) => string,
): NamingRecord[] {
  const found: NamingRecord[] = []
  state.keyedState(key).look(rule.kind, '', (id, value) => {
    let [next, newId] = [value, id]
    for (const field of rule.of.fields)
      for (const text of textsAt(field, value)) {
        if (!ids.has(text)) continue
        next = withTextAt(field, next, rootOf(text))
        if (rule.of.by === 'id' && id === text) newId = rootOf(text)
      }
    if (next !== value) found.push({ key, rule, id, newId, value: next })
    return true
  })
  return found
}

/**
 * Applies merges as part of the transaction, before its first record: sends the state of merged customers away, and
 * puts their new names into records of other keys. Returns the keys whose lists name them, which are decided again.
 */
export function applyMerging(
  processor: Processor,
  state: TaskState,
  { merges, records, end }: StateMerging,
  emit: (message: Message) => void,
): readonly string[] {
  state.enter('any')
  for (const merge of merges) leave(processor, state, merge, merge.id, emit)
  const again = new Set<string>()
  for (const { key, rule, id, newId, value } of records) {
    const keyed = state.keyedState(key)
    if (newId !== id) keyed.delete(rule.kind, id)
    const held = newId === id ? undefined : keyed.get(rule.kind, newId)
    if (held === undefined || timeOf(held) < timeOf(value)) keyed.put(rule.kind, newId, value)
    if (rule.of.then === 'delete') again.add(key)
  }
  state.keyedState(POSITION_KEY).put(mergedKind, '', Float64Array.of(end))
  return [...again]
}

function timeOf(value: unknown): number {
  return (value as { readonly occurredAt?: number }).occurredAt ?? 0
}

/** Sends the state of a customer to where they belong now, and deletes it. Ids remembered for duplicates stay. */
export function leave(
  processor: Processor,
  state: TaskState,
  merge: CustomerMerge,
  idPrefix: string,
  emit: (message: Message) => void,
): void {
  const source = sourceOf(processor)
  const keyed = state.keyedState(merge.customerId)
  const pieces = piecesOf(processor, state, merge.customerId)
  if (pieces === undefined) return
  const { occurredAt, into: customerId, customerId: formerId } = merge
  for (const [number, piece] of pieces.entries())
    emit(
      message(movedRecords, {
        ...{ id: `${idPrefix}/${source}/${number}`, occurredAt, source, customerId, formerId },
        ...{ last: number === pieces.length - 1, event: null, ...piece },
      }),
    )
  for (const kind of kindsOf(processor)) for (const [id] of [...keyed.scan(kind)]) keyed.delete(kind, id)
  for (const [name] of [...keyed.scan(timerKind)]) keyed.clearTimer(name)
  for (const topic of withdrawnTopics(processor)) emit({ topic, key: formerId, value: null })
}

type Piece = Pick<MovedRecord, 'schemas' | 'records' | 'timers'>

function piecesOf(processor: Processor, state: TaskState, key: string): readonly Piece[] | undefined {
  const keyed = state.keyedState(key)
  const timers = Array.from(keyed.scan(timerKind), ([name, at]) => ({ name, at: at[0]! }))
  const pieces: { schemas: string[]; records: Piece['records'][number][]; timers: Piece['timers'] }[] = [
    { schemas: [], records: [], timers },
  ]
  let bytes = 0
  for (const kind of kindsOf(processor))
    keyed.look(kind, '', (recordId, value) => {
      if (bytes > PIECE_BYTES) {
        pieces.push({ schemas: [], records: [], timers: [] })
        bytes = 0
      }
      const piece = pieces.at(-1)!
      const record = { kind: kind.name, recordId, writer: writerIn(piece.schemas, kind), value: encoded(kind, value) }
      piece.records.push(record)
      bytes += record.value.length + recordId.length
      return true
    })
  return timers.length === 0 && pieces[0]!.records.length === 0 ? undefined : pieces
}

/** Kinds of records that a processor's folds and decisions write. */
export function kindsOf({ state, decisionState }: Processor): readonly StateDescriptor<unknown>[] {
  return [...state, ...decisionState]
}

function writerIn(schemas: string[], { schema }: StateDescriptor<unknown>): number | null {
  if (schema === undefined) return null
  const text = JSON.stringify(schema.avro)
  const known = schemas.indexOf(text)
  return known === -1 ? schemas.push(text) - 1 : known
}

function encoded({ name, slots, schema }: StateDescriptor<unknown>, value: unknown): Buffer {
  if (schema === undefined) return slotsCodec(name, slots).encode(value as Float64Array)
  return stateCodec(schema).encode(value)
}

const codecs = new WeakMap<RecordSchema<unknown>, RecordCodec<unknown>>()

function stateCodec(schema: RecordSchema<unknown>): RecordCodec<unknown> {
  let codec = codecs.get(schema)
  if (codec === undefined) codecs.set(schema, (codec = recordCodec(schema, OWN_WRITER, new Map())))
  return codec
}

/** Id in front of each record of state that was moved. */
const OWN_WRITER = 0
