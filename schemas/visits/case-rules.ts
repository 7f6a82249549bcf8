import { boolean, documented, event, identifier, int, string, withDefault, type TypeOf } from '../avro/schema.ts'
import { between, nonNegative, timeZone } from '../rules.ts'
import { globalTopic } from '../topic.ts'
import { settingOfTheBank } from '../persons.ts'

/** The largest share of unflagged visits that may be sampled. */
export const SAMPLED_SHARE_MAX = 0.1

export const CaseRules = event('CaseRules', 'How flagged visits are reviewed, and how many alerts people get.', {
  name: identifier,
  version: int,
  costOfFalse: documented(
    'Cost of a false visit that goes unnoticed, in any unit that is the same for all three costs.',
    between(0, 1e9),
  ),
  costOfInvalid: documented('Cost of an invalid visit that goes unnoticed.', between(0, 1e9)),
  costOfReview: documented('Cost of reviewing a case.', between(0, 1e9)),
  alertsPerDay: documented(
    'Maximum number of alerts per day, over all salespeople; further ones wait.',
    between(0, 10_000, int),
  ),
  alertsPerSalespersonPerDay: documented(
    'Maximum number of alerts per day on visits of one salesperson.',
    between(0, 1_000, int),
  ),
  timeZone: documented('Time zone in which the day begins at midnight.', withDefault(timeZone, 'UTC')),
  sampledShare: documented(
    'Share of unflagged visits that get a case, so that decisions do not only cover what the policy suspects.',
    between(0, SAMPLED_SHARE_MAX),
  ),
  dueDays: documented('Days from the alert until a decision is due.', between(0.01, 365)),
  lapseDays: documented('Days after which an undecided case lapses.', between(1, 365)),
  closeDays: documented('Days after which a decided case is closed automatically.', between(0.01, 365)),
  secondPerson: documented(
    'Whether two different people must decide alike; applies to cases opened from then on.',
    boolean,
  ),
  assignedMax: documented('Maximum number of undecided cases per reviewer.', nonNegative(int)),
  changedBy: string,
})
export type CaseRules = TypeOf<typeof CaseRules>

export const caseRules = globalTopic<CaseRules>({
  name: 'case-rules',
  schema: CaseRules,
  key: 'name',
  persons: settingOfTheBank,
  keyOf: ({ name }) => name,
  versionOf: ({ version }) => version,
  producer: 'API',
})
