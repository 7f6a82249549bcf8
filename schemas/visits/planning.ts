import {
  array,
  documented,
  double,
  event,
  identifier,
  int,
  long,
  map,
  record,
  withRule,
  string,
  type Schema,
  type TypeOf,
} from '../avro/schema.ts'
import { between, currency, itemsAtMost, nonNegative } from '../rules.ts'
import { globalTopic } from '../topic.ts'
import { settingOfTheBank } from '../persons.ts'

/**
 * Days at which urgency may change. An opportunity is re-evaluated when it reaches one of them, so that lists stay
 * right without a daily pass over everything.
 */
export const DAY_MARKS = [0, 1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 90, 120, 180, 365] as const

const dayMark: Schema<number> = withRule(
  `one of ${DAY_MARKS.join(', ')}`,
  int,
  (days) => (DAY_MARKS as readonly number[]).includes(days),
  { enum: DAY_MARKS },
)
const factor = between(0, 100)

const SinceStep = record('SinceStep', 'A factor from a number of days on.', { fromDays: dayMark, factor })
export type SinceStep = TypeOf<typeof SinceStep>
const BeforeStep = record('BeforeStep', 'A factor within a number of days.', { withinDays: dayMark, factor })
export type BeforeStep = TypeOf<typeof BeforeStep>
const OverdueStep = record('OverdueStep', 'A factor from a number of days on.', { fromDays: dayMark, factor })

export const Planning = event('Planning', 'What visits are worth and what they cost, a versioned table.', {
  name: identifier,
  version: int,
  currency: documented('Currency of the organisation, in which values are compared. ISO 4217.', currency),
  rates: documented(
    'Value of one unit of another currency in this one, by ISO 4217 code. Without a rate, a value counts as unknown.',
    map(double),
  ),
  visitCostMinor: documented('Cost of a visit, in minor units.', nonNegative(long)),
  kmCostMinor: documented('Travel cost per kilometre, in minor units.', nonNegative(double)),
  kmIfUnknown: documented('Distance assumed to a customer whose place is unknown, in kilometres.', nonNegative(double)),
  worthIfUnknownMinor: documented('Value assumed for an opportunity without one, in minor units.', nonNegative(long)),
  probabilityIfUnvisited: documented(
    'Probability assumed until the first visit; with 0 such opportunities come last.',
    between(0, 1),
  ),
  urgencyIfUnvisited: documented('Urgency until the first visit.', factor),
  sinceVisit: documented(
    'Urgency by days since the last visit; the last step reached applies.',
    itemsAtMost(DAY_MARKS.length, array(SinceStep)),
  ),
  beforeClose: documented(
    'Factor on urgency by days until the planned close; the smallest step that holds applies, or 1 if none does.',
    itemsAtMost(DAY_MARKS.length, array(BeforeStep)),
  ),
  overdue: documented(
    'Factor on urgency by days since the planned close; the last step reached applies, or 1 if none is.',
    itemsAtMost(DAY_MARKS.length, array(OverdueStep)),
  ),
  changedBy: string,
})
export type Planning = TypeOf<typeof Planning>

export const planning = globalTopic<Planning>({
  name: 'planning',
  schema: Planning,
  key: 'name',
  persons: settingOfTheBank,
  keyOf: ({ name }) => name,
  versionOf: ({ version }) => version,
  producer: 'API',
})
