import {
  array,
  boolean,
  documented,
  event,
  identifier,
  int,
  nullable,
  record,
  ruled,
  string,
  timestamp,
  withDefault,
  type TypeOf,
} from '../avro/schema.ts'
import { globalTopic } from '../topic.ts'

export const Snooze = record('Snooze', 'No alerts by one rule on the visits of one salesperson, or at one customer.', {
  id: identifier,
  rule: documented(
    'A kind of evidence, as docs/visits.md lists them, or a verdict: invalid, suspected_false.',
    identifier,
  ),
  salespersonId: documented('Either the salesperson …', nullable(identifier)),
  customerId: documented('… or the customer.', nullable(identifier)),
  from: documented('When it was set.', timestamp),
  until: documented('When it ends: at most 180 days later.', timestamp),
  reason: documented(
    'Why; kept on record.',
    ruled('1 to 1,000 characters', string, (text) => text.trim() !== '' && text.length <= 1_000, {
      minLength: 1,
      maxLength: 1_000,
      pattern: '\\S',
    }),
  ),
  retired: documented('It was ended early.', withDefault(boolean, false)),
})
export type Snooze = TypeOf<typeof Snooze>

const Snoozes = event('Snoozes', 'Every snooze that has not ended.', {
  name: identifier,
  version: documented('Increases by one with each change of any of them.', int),
  snoozes: array(Snooze),
  changedBy: string,
})
type Snoozes = TypeOf<typeof Snoozes>

export const SNOOZES = 'alerts'

export const snoozes = globalTopic<Snoozes>({
  name: 'snoozes',
  schema: Snoozes,
  key: 'name',
  keyOf: ({ name }) => name,
  versionOf: ({ version }) => version,
  producer: 'API',
})
