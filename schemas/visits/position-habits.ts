import { documented, event, identifier, int, long, string, type TypeOf } from '../avro/schema.ts'
import { globalTopic, topic } from '../topic.ts'

/** Name of the count over all check-ins of the organisation. */
export const POSITIONS = 'check-ins'

export const PositionCount = event(
  'PositionCount',
  'How many more check-ins of a salesperson have a position, and repeat one, than was told before.',
  {
    name: documented('What is counted: check-ins.', identifier),
    salespersonId: string,
    measured: documented('Check-ins with a position.', int),
    repeated: documented(
      'Of these, those that equal another one of the salesperson, or a known place of the customer, to the last digit.',
      int,
    ),
  },
)
export type PositionCount = TypeOf<typeof PositionCount>

export const positionCounts = topic<PositionCount>({
  name: 'position-counts',
  schema: PositionCount,
  key: 'name',
  keyOf: ({ name }) => name,
  retention: { days: 30 },
  role: 'output',
  producer: 'visit-comparison processor',
})

export const PositionHabit = event(
  'PositionHabit',
  'How usual it is in the organisation that positions repeat to the last digit, as where the CRM fills them in.',
  {
    name: documented('What is counted: check-ins.', identifier),
    version: documented('Counts the changes that were worth telling.', int),
    measured: documented('Check-ins with a position that are compared.', long),
    repeated: documented('Of these, those that repeat another one, or a known place.', long),
  },
)
export type PositionHabit = TypeOf<typeof PositionHabit>

export const positionHabits = globalTopic<PositionHabit>({
  name: 'position-habits',
  schema: PositionHabit,
  key: 'name',
  keyOf: ({ name }) => name,
  versionOf: ({ version }) => version,
  producer: 'position-habits processor',
})
