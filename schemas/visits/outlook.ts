import {
  array,
  boolean,
  documented,
  double,
  enumeration,
  int,
  nullable,
  record,
  string,
  timestamp,
  withDefault,
  type TypeOf,
} from '../avro/schema.ts'

const NextAction = record('NextAction', 'What to do next, for machines and for people.', {
  code: documented('Code as listed in docs/priorities.md.', string),
  text: string,
})
export type NextAction = TypeOf<typeof NextAction>

export const Outlook = record('Outlook', 'Reasons for a visit to an open opportunity, and its expected value.', {
  visitCount: documented('Number of visits so far.', int),
  lastVisitAt: documented('Time of the last visit; null if never visited.', nullable(timestamp)),
  trend: documented(
    'Change of the probability with the last visit; null if there was none before, or another model scored it.',
    nullable(double),
  ),
  probabilityAssumed: documented(
    'Whether the probability is the one assumed by the planning setting, because there was no visit yet.',
    withDefault(boolean, false),
  ),
  worthMinor: documented('Value of the opportunity, in minor units of `currency`.', double),
  worthFrom: documented(
    'Source of the value. told: from the CRM; converted: by the rate of the planning setting; assumed: no value, or no rate for its currency.',
    enumeration('WorthFrom', ['assumed', 'told', 'converted']),
  ),
  currency: documented('Currency of the organisation.', string),
  urgency: documented('Factor for the time since the last visit and the time until the planned close.', double),
  expectedValueMinor: documented(
    'probability × worth × urgency − cost of a visit, rounded to minor units of `currency`.',
    double,
  ),
  reasons: documented('Reasons in words for a salesperson.', array(string)),
  action: NextAction,
})
export type Outlook = TypeOf<typeof Outlook>
