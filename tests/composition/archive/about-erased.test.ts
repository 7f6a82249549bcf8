import { aboutErased } from '../../../composition/archive/about-erased.ts'
import { codecOf } from '../../../schemas/avro/codec.ts'
import { journal, type JournalEntry } from '../../../schemas/platform/platform.ts'
import { releasedRegistry } from '../../../schemas/release/registry.ts'
import type { Topic } from '../../../schemas/topic.ts'
import { createErasedPersons } from '../../../streams/erasure/erased-persons.ts'
import { personDigest } from '../../../streams/erasure/person-digest.ts'
import { createNaming } from '../../../streams/naming.ts'
import { recordKey } from '../../../streams/state/record-key.ts'
import { processorNamed, topicNamed } from '../../../subjects/subjects.ts'

const REFUSED_UNTIL = 1_000
const naming = createNaming('bank.')
const persons = createErasedPersons([{ digest: personDigest('c1'), refusedUntil: REFUSED_UNTIL }])
const isDropped = aboutErased(persons, naming, releasedRegistry)

function dropped(topic: string, key: string | Buffer, value: Buffer | null = null, timestampMs = 1): boolean {
  return isDropped(
    { topic, partition: 0 },
    { offset: 1, timestampMs, key: Buffer.from(key as string), value, headers: [] },
  )
}

test('a record under the key of an erased person is left out, until the time up to which it is refused', () => {
  const topic = naming.topic(topicNamed('transactions')!)
  expect(dropped(topic, 'c1')).toBe(true)
  expect(dropped(topic, 'c2')).toBe(false)
  expect(dropped(topic, 'c1', null, REFUSED_UNTIL)).toBe(false)
})

test('so is state, if the keys of the processor are people', () => {
  const state = recordKey('c1', 'balance', 'a1')
  expect(dropped(naming.changelog(processorNamed('customer-features')), state)).toBe(true)
  expect(dropped(naming.changelog(processorNamed('visit-priority')), state)).toBe(false)
})

test('an entry of the journal stays, even if a sweep ended with the person', () => {
  const entry: JournalEntry = {
    ...{ id: 'j', occurredAt: 1, source: 'test', processor: 'conversion', partition: 0, sequence: 1, slices: [] },
    ...{ globals: [], swept: 'c1', setAside: [], unscored: [], skippedKeys: [] },
  }
  const value = codecOf(journal as Topic, releasedRegistry).encode(entry)
  expect(dropped(naming.topic(journal as Topic), journal.keyOf(entry), value)).toBe(false)
})
