import { boolean, documented, event, identifier, int, string, withDefault, type TypeOf } from '../avro/schema.ts'
import { between, notNegative, timeZone } from '../rules.ts'
import { globalTopic } from '../topic.ts'

/** The largest share of unflagged visits that may be sampled. */
export const SAMPLED_SHARE_MAX = 0.1

export const CaseRules = event('CaseRules', 'How flagged visits are reviewed, and how many alerts people get.', {
  name: identifier,
  version: int,
  costOfFalse: documented(
    'What a false visit costs that nobody notices; any unit, the same for all three costs.',
    between(0, 1e9),
  ),
  costOfInvalid: documented('What an invalid visit costs that nobody notices.', between(0, 1e9)),
  costOfReview: documented('What it costs to review a case.', between(0, 1e9)),
  alertsPerDay: documented('Alerts a day, all salespeople together; the others wait.', between(0, 10_000, int)),
  alertsPerSalespersonPerDay: documented('Alerts a day on visits of one salesperson.', between(0, 1_000, int)),
  timeZone: documented('Where the day begins at midnight.', withDefault(timeZone, 'UTC')),
  sampledShare: documented(
    'Share of unflagged visits that get a case, so that verdicts are not only on what the policy suspects.',
    between(0, SAMPLED_SHARE_MAX),
  ),
  dueDays: documented('Days from the alert until a decision is due.', between(0.01, 365)),
  lapseDays: documented('Days after which a case lapses that nobody has decided.', between(1, 365)),
  closeDays: documented('Days after which a decided case is closed by itself.', between(0.01, 365)),
  secondPerson: documented('Two different people must decide alike; for cases that are opened from then on.', boolean),
  assignedMax: documented('Undecided cases that one reviewer may hold.', notNegative(int)),
  changedBy: string,
})
export type CaseRules = TypeOf<typeof CaseRules>

export const caseRules = globalTopic<CaseRules>({
  name: 'case-rules',
  schema: CaseRules,
  key: 'name',
  keyOf: ({ name }) => name,
  versionOf: ({ version }) => version,
  producer: 'API',
})
