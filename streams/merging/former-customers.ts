import type { Envelope } from '../../schemas/avro/schema.ts'
import { movedRecords } from '../../schemas/platform/customer-merges.ts'
import { presentRecord } from '../../schemas/platform/present-names.ts'
import { message, type Message, type Topic } from '../../schemas/topic.ts'
import { sourceOf, type Processor } from '../../processors/processor.ts'
import type { MovedState, Reading } from '../input/event-reader.ts'
import type { TaskState } from '../state/task-state.ts'
import { isDuplicate, type Arrival } from '../task/fold-batch.ts'
import { dropPieces, joinArrived, keepPiece } from './arrive.ts'
import { isKeyedByCustomer, leave } from './leave.ts'
import type { MergedAtVersion } from './merged-customers.ts'

/** What becomes of records of merged customers in one attempt at a transaction. */
export interface FormerCustomers {
  /** Returns the reading with the present names of customers whom a record of another key names. */
  named(reading: Reading): Reading
  /** Sends an event under the id of a merged customer on to the task of the customer; returns whether it did. */
  sendsOn(arrival: Arrival): boolean
  /** Takes state that arrives; passes it to `visit` when it is complete. */
  arrive(state: MovedState, visit: (arrival: Arrival) => void): void
  /** Drops state of a customer who was erased. */
  drop(state: MovedState): void
  /** Topics of events that were sent on. */
  readonly sentOn: readonly Topic[]
  /** Number of events to send on that had been received before. */
  repeats(): number
}

interface FormerCustomersOptions {
  readonly processor: Processor
  readonly state: TaskState
  readonly encode: (topic: Topic, event: Envelope) => Buffer
  readonly emit: (message: Message) => void
}

export function formerCustomers(
  { processor, state, encode, emit }: FormerCustomersOptions,
  merged: MergedAtVersion,
): FormerCustomers {
  const isKeyed = isKeyedByCustomer(processor)
  const source = sourceOf(processor)
  const sentOn: Topic[] = []
  let repeats = 0

  function send({ topic, partition, offset, event }: Arrival, formerId: string, customerId: string): void {
    const late = { topic: topic.name, partition, offset, value: encode(topic, event) }
    emit(
      message(movedRecords, {
        ...{ id: `${topic.name}/${partition}/${offset}/${source}/${formerId}`, occurredAt: event.occurredAt, source },
        ...{ customerId, formerId, last: false, schemas: [], records: [], timers: [], event: late },
      }),
    )
    sentOn.push(topic)
  }

  /** State for a customer who has been merged in the meantime follows them at once. */
  function follow({ moved }: MovedState, into: string): void {
    const { id, occurredAt, customerId } = moved
    joinArrived(processor, state, moved)
    const merge = { id, occurredAt, source: moved.source, customerId, into, reason: '', changedBy: null }
    leave(processor, state, merge, `${id}/on`, emit)
  }

  return {
    named(reading) {
      if (merged.size === 0 || reading.kind !== 'event') return reading
      const event = withPresentNames(reading, merged)
      return event === reading.event ? reading : { ...reading, event }
    },
    sendsOn(arrival) {
      if (merged.size === 0 || !isKeyed || !isOfCustomer(arrival.topic)) return false
      const into = merged.intoOf(arrival.key)
      if (into === undefined) return false
      if (isDuplicate(state, arrival)) repeats++
      else send(arrival, arrival.key, into)
      return true
    },
    arrive(reading, visit) {
      const { moved, partition, offset } = reading
      state.enter('any')
      keepPiece(processor, state, moved)
      const into = merged.intoOf(moved.customerId)
      if (moved.last && into !== undefined) follow(reading, into)
      state.enter('fold')
      if (!moved.last || into !== undefined) return
      const topic = movedRecords as Topic
      visit({ kind: 'event', topic, partition, offset, key: moved.customerId, event: moved })
    },
    drop({ moved }) {
      state.enter('any')
      dropPieces(processor, state, moved.formerId)
      state.enter('fold')
    },
    sentOn,
    repeats: () => repeats,
  }
}

function isOfCustomer({ persons }: Pick<Topic, 'persons'>): boolean {
  return (persons ?? { by: 'key' }).by === 'key'
}

function withPresentNames({ topic, key, event }: Arrival, { rootOf }: MergedAtVersion): Envelope {
  if (topic.persons?.by !== 'field') return event
  return presentRecord(topic.persons, { key, value: event }, rootOf).value as Envelope
}
