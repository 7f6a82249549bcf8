import { documented, event, identifier, int, long, string, type TypeOf } from '../avro/schema.ts'
import { globalTopic, topic } from '../topic.ts'
import { noPersons } from '../persons.ts'

/** Name of the count over all check-ins of the organisation. */
export const POSITIONS = 'check-ins'

export const PositionCount = event(
  'PositionCount',
  'Changes in the numbers of a salesperson’s check-ins that have a position, and that repeat one.',
  {
    name: documented('Name of the count: check-ins.', identifier),
    salespersonId: string,
    measured: documented('Change in the number of check-ins with a position.', int),
    repeated: documented(
      'Change in the number of those that equal another one of the salesperson, or a known place of the customer, to the last digit.',
      int,
    ),
  },
)
export type PositionCount = TypeOf<typeof PositionCount>

export const positionCounts = topic<PositionCount>({
  name: 'position-counts',
  schema: PositionCount,
  key: 'name',
  persons: noPersons('numbers of positions'),
  keyOf: ({ name }) => name,
  retention: { days: 30 },
  role: 'output',
  producer: 'visit-comparison processor',
})

export const PositionHabit = event(
  'PositionHabit',
  'How common it is in the organisation that positions repeat to the last digit, for instance because the CRM fills them in.',
  {
    name: documented('Name of the count: check-ins.', identifier),
    version: documented('Number of changes that were large enough to publish.', int),
    measured: documented('Number of compared check-ins with a position.', long),
    repeated: documented('Number of those that repeat another one or a known place.', long),
  },
)
export type PositionHabit = TypeOf<typeof PositionHabit>

export const positionHabits = globalTopic<PositionHabit>({
  name: 'position-habits',
  schema: PositionHabit,
  key: 'name',
  persons: noPersons('numbers of positions'),
  keyOf: ({ name }) => name,
  versionOf: ({ version }) => version,
  producer: 'position-habits processor',
})
