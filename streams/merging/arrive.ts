import type { KeyedState, Processor, StateDescriptor } from '../../processors/processor.ts'
import { recordCodec } from '../../schemas/avro/record-codec.ts'
import { canonicalSchema } from '../../schemas/avro/same-schema.ts'
import { EventError } from '../../schemas/event-error.ts'
import type { MovedRecord, MovedStateRecord } from '../../schemas/platform/customer-merges.ts'
import { RESERVED_KEY } from '../state/record-key.ts'
import { timerKind } from '../state/reserved-kinds.ts'
import { slotsCodec } from '../state/state-codec.ts'
import type { TaskState } from '../state/task-state.ts'
import { kindsOf } from './leave.ts'
import { renamedIn } from '../../schemas/platform/renamed-in.ts'
import { renamedId } from './renamed.ts'

/** The writer's schema has another id than one of this code, so that records are always resolved. */
const WRITER = 0
const READER = 1

function movingKey(formerId: string): string {
  return `${RESERVED_KEY}moving/${formerId}`
}

/** Keeps a piece of the state of a former customer until the last one has arrived, under the customer's names. */
export function keepPiece(processor: Processor, state: TaskState, piece: MovedRecord): void {
  const { formerId, customerId } = piece
  const moving = state.keyedState(movingKey(formerId))
  const kinds = new Map(kindsOf(processor).map((kind) => [kind.name, kind]))
  for (const record of piece.records) {
    const kind = kinds.get(record.kind)
    // The other process runs newer code of the same version, whose kind this one does not know.
    if (kind === undefined) continue
    const value = renamedIn(decoded(kind, record, piece.schemas), formerId, customerId)
    moving.put(kind, renamedId(record.recordId, formerId, customerId), value)
  }
  for (const { name, at } of piece.timers)
    moving.put(timerKind, renamedId(name, formerId, customerId), Float64Array.of(at))
}

function decoded(
  kind: StateDescriptor<unknown>,
  { writer, value, kind: name }: MovedStateRecord,
  schemas: readonly string[],
): unknown {
  const schema = writer === null ? undefined : schemas[writer]
  if ((kind.schema === undefined) !== (schema === undefined))
    throw new EventError('UNDECODABLE', `The moved record ${name} is of another form than this code keeps.`)
  if (kind.schema === undefined) return slotsCodec(name, kind.slots).decode(value)
  // Copied, since the first byte is changed: the own schema may differ from the writer's by new fields.
  const isOwn = canonicalSchema(JSON.parse(schema!)) === canonicalSchema(kind.schema.avro)
  const codec = recordCodec(kind.schema, isOwn ? WRITER : READER, new Map([[WRITER, JSON.parse(schema!) as unknown]]))
  return codec.decode(value)
}

/** Drops what has arrived of a former customer, when it belongs to somebody who was erased meanwhile. */
export function dropPieces(processor: Processor, state: TaskState, formerId: string): void {
  const moving = state.keyedState(movingKey(formerId))
  for (const kind of [...kindsOf(processor), timerKind])
    for (const [id] of [...moving.scan(kind)]) moving.delete(kind, id)
}

/** Combines the complete state of a former customer with that of the customer. */
export function joinArrived(processor: Processor, state: TaskState, { formerId, customerId }: MovedRecord): void {
  const keyed = state.keyedState(customerId)
  const moving = state.keyedState(movingKey(formerId))
  if (processor.merge !== undefined) processor.merge(keyed, moving)
  else unite(processor.state, keyed, moving, () => true)
  // What was published of the customer as a whole is published anew; the rest belongs to visits and the like.
  unite(processor.decisionState, keyed, moving, (id) => id !== '')
  processor.mergeDecisions?.(keyed, moving)
  for (const [name, at] of moving.scan(timerKind)) {
    const held = keyed.get(timerKind, name)?.[0]
    if (held === undefined || held > at[0]!) keyed.setTimer(name, at[0]!)
  }
  dropPieces(processor, state, formerId)
}

/** Adds records that the customer has none of. */
function unite(
  kinds: readonly StateDescriptor<unknown>[],
  keyed: KeyedState,
  other: KeyedState,
  isMoved: (id: string) => boolean,
): void {
  for (const kind of kinds)
    for (const [id, value] of [...other.scan(kind)])
      if (isMoved(id) && keyed.get(kind, id) === undefined) keyed.put(kind, id, value)
}
