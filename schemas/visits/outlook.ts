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
  code: documented('As docs/priorities.md lists them.', string),
  text: string,
})
export type NextAction = TypeOf<typeof NextAction>

export const Outlook = record('Outlook', 'What speaks for a visit to an open opportunity, and what it would bring.', {
  visitCount: documented('Visits so far.', int),
  lastVisitAt: documented('null: never visited.', nullable(timestamp)),
  trend: documented(
    'Change of the probability with the last visit; null: there was none before, or another model scored it.',
    nullable(double),
  ),
  probabilityAssumed: documented(
    'Nobody was there yet: the probability is the one of the planning setting.',
    withDefault(boolean, false),
  ),
  worthMinor: documented('What the opportunity is worth, in minor units of `currency`.', double),
  worthFrom: documented(
    'told: as the CRM says; converted: by the rate of the planning setting; assumed: no value, or no rate for its currency.',
    enumeration('WorthFrom', ['assumed', 'told', 'converted']),
  ),
  currency: documented('Currency of the organisation.', string),
  urgency: documented('Factor by the time since the last visit and until the planned close.', double),
  expectedValueMinor: documented(
    'probability × worth × urgency − cost of a visit, rounded to minor units of `currency`.',
    double,
  ),
  reasons: documented('In words for a salesperson.', array(string)),
  action: NextAction,
})
export type Outlook = TypeOf<typeof Outlook>
