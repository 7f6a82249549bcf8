import type { HoldsPersons } from '../../schemas/persons.ts'
import type { Topic } from '../../schemas/topic.ts'
import { topics } from '../../subjects/subjects.ts'

/** A topic that holds records of an erased person until its retention ends: Kafka deletes no single records. */
export interface KeptRecords {
  readonly topic: string
  /** Days for which a record is kept. */
  readonly days: number
  /** How its records name the person. */
  readonly by: string
}

/** Returns these topics. Of a topic that keeps the latest record of each key, the older ones are meant. */
export function keptRecords(of: readonly Topic[] = topics): KeptRecords[] {
  return of.flatMap(({ name, retention, persons = { by: 'key' } }) =>
    persons.by === 'none' || retention === 'compacted'
      ? []
      : [{ topic: name, days: retention.days, by: describePersons(persons) }],
  )
}

/** Returns how records name a person, in words. */
export function describePersons(persons: HoldsPersons): string {
  if (persons.by === 'none') return `no people: ${persons.because}`
  if (persons.by === 'key') return 'the key'
  if (persons.by === 'other') return persons.what
  const names = persons.fields.map((field) => `\`${field}\``).join(', ')
  return persons.by === 'bytes' ? `the bytes in ${names}` : names
}
