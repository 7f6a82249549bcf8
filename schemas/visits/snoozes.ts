import {
  array,
  boolean,
  documented,
  event,
  identifier,
  int,
  nullable,
  record,
  withRule,
  string,
  timestamp,
  withDefault,
  type TypeOf,
} from '../avro/schema.ts'
import { globalTopic } from '../topic.ts'
import { byFields } from '../persons.ts'

export const Snooze = record(
  'Snooze',
  'A pause of alerts by one rule on the visits of one salesperson, or to one customer.',
  {
    id: identifier,
    rule: documented('Kind of evidence as listed in docs/visits.md, or verdict: invalid, suspected_false.', identifier),
    salespersonId: documented('Salesperson; null if it is for a customer.', nullable(identifier)),
    customerId: documented('Customer; null if it is for a salesperson.', nullable(identifier)),
    from: documented('Start of the snooze.', timestamp),
    until: documented('End of the snooze, at most 180 days after its start.', timestamp),
    reason: documented(
      'Reason, kept on record.',
      withRule('1 to 1,000 characters', string, (text) => text.trim() !== '' && text.length <= 1_000, {
        minLength: 1,
        maxLength: 1_000,
        pattern: '\\S',
      }),
    ),
    retired: documented('Whether it was ended early.', withDefault(boolean, false)),
  },
)
export type Snooze = TypeOf<typeof Snooze>

const Snoozes = event('Snoozes', 'Every snooze that has not ended.', {
  name: identifier,
  version: documented('Increases by one with each change of any snooze.', int),
  snoozes: array(Snooze),
  changedBy: string,
})
type Snoozes = TypeOf<typeof Snoozes>

export const SNOOZES = 'alerts'

export const snoozes = globalTopic<Snoozes>({
  name: 'snoozes',
  schema: Snoozes,
  key: 'name',
  persons: byFields('snoozes[].customerId'),
  keyOf: ({ name }) => name,
  versionOf: ({ version }) => version,
  producer: 'API',
})
