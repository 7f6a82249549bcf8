import type { KafkaClient } from '../../kafka/client.ts'
import { keyOf, valueOf } from '../../kafka/records/record-access.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { textsAt, withItemsOf } from '../../schemas/persons.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Topic } from '../../schemas/topic.ts'
import { startSnapshot, type Database } from '../../store/database.ts'
import { rowsOfPerson, type PersonRow } from '../../store/operations/personal-data-acts.ts'
import { wantedPersons } from '../../store/persons.ts'
import type { Naming } from '../../streams/naming.ts'
import { personTables, topics } from '../../subjects/subjects.ts'
import { readTopic } from '../read-topic.ts'

export interface PersonalDataSource {
  readonly client: KafkaClient
  readonly naming: Naming
  readonly registry: Registry
  readonly database: Database
}

/** One record about a person. */
export type PersonalRecord =
  | ({ readonly store: 'postgresql' } & PersonRow)
  | {
      readonly store: 'kafka'
      readonly topic: string
      readonly partition: number
      readonly offset: number
      readonly writtenAt: string
      /** The event, with bytes as base64; null for a tombstone, and for one that can't be decoded, which is in `bytes`. */
      readonly record: unknown
      readonly bytes?: string
    }

/**
 * Iterates over everything that is known of a person: the rows of every table from one snapshot, then the records that
 * the topics still hold. Reads every topic that holds people to its end.
 */
export async function* personalData(source: PersonalDataSource, id: string): AsyncGenerator<PersonalRecord> {
  const { reader, end } = await startSnapshot(source.database)
  try {
    for await (const row of rowsOfPerson(reader, personTables, id)) yield { store: 'postgresql', ...row }
  } finally {
    await end()
  }
  for (const topic of topics) if (namesPeople(topic)) yield* recordsOf(source, topic, id)
}

function namesPeople({ persons = { by: 'key' } }: Topic): boolean {
  return persons.by !== 'none' && persons.by !== 'other'
}

async function* recordsOf(
  { client, naming, registry }: PersonalDataSource,
  topic: Topic,
  id: string,
): AsyncGenerator<PersonalRecord> {
  const codec = codecOf(topic, registry)
  const { needles } = wantedPersons([id])
  const key = Buffer.from(id)
  const { persons = { by: 'key' } } = topic
  for await (const { batch, index } of readTopic(client, naming.topic(topic))) {
    const value = valueOf(batch, index)
    const hasKey = keyOf(batch, index)?.equals(key) === true
    // Its text is cheaper to look for than the record is to decode.
    if (!hasKey && (value === null || !needles.some((needle) => value.includes(needle)))) continue
    const decoded = value === null ? null : decodedOrNot(() => codec.decode(value, 0, value.length))
    const isNamed =
      hasKey ||
      persons.by === 'bytes' ||
      (persons.by === 'field' && persons.fields.some((field) => textsAt(field, decoded).includes(id)))
    if (!isNamed) continue
    yield {
      store: 'kafka',
      topic: topic.name,
      partition: batch.partition,
      offset: batch.offsets[index]!,
      writtenAt: new Date(batch.timestamps[index]!).toISOString(),
      // Lists hold other people too.
      record: decoded === undefined ? null : withItemsOf(persons, decoded, id),
      ...(decoded === undefined ? { bytes: value!.toString('base64') } : {}),
    }
  }
}

function decodedOrNot(decode: () => unknown): unknown {
  try {
    return decode()
  } catch {
    return undefined
  }
}

/** Returns a line of JSON, with bytes as base64. */
export function personalDataLine(record: PersonalRecord): string {
  return `${JSON.stringify(record, (_name, value: unknown) => (isBytes(value) ? Buffer.from(value.data).toString('base64') : value))}\n`
}

/** `JSON.stringify` passes a buffer as the object that its `toJSON` returns. */
function isBytes(value: unknown): value is { readonly type: 'Buffer'; readonly data: number[] } {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer' && 'data' in value
}
