import { documented, event, string, timestamp, type TypeOf } from '../avro/schema.ts'
import { noPersons } from '../persons.ts'
import { globalTopic } from '../topic.ts'

export const Erasure = event(
  'Erasure',
  'The erasure of a person. It stays as a proof, and tells every task whose records to erase; it does not hold the id.',
  {
    digest: documented('Digest of the person’s id (docs/personal-data.md).', string),
    refusedUntil: documented(
      'Records about the person that were written before this time are dropped; later ones are a new beginning.',
      timestamp,
    ),
  },
)
export type Erasure = TypeOf<typeof Erasure>

/** Keyed by the erasure, not the person, so that a second one does not replace the first in the history. */
export const erasures = globalTopic<Erasure>({
  name: 'erasures',
  schema: Erasure,
  key: 'id',
  persons: noPersons('digests of ids'),
  keyOf: ({ id }) => id,
  versionOf: ({ id }) => id,
  producer: 'erasures of personal data, by API or command',
})
