import {
  array,
  boolean,
  documented,
  double,
  event,
  identifier,
  int,
  nullable,
  record,
  string,
  type TypeOf,
} from '../avro/schema.ts'
import { topic } from '../topic.ts'

export const ScriptCandidate = record('ScriptCandidate', 'A script that could be chosen, and what was known of it.', {
  template: identifier,
  templateVersion: int,
  alpha: documented(
    'Of the beta distribution of its conversion rate: conversions, those taken for granted included.',
    double,
  ),
  beta: documented('The same of calls without a conversion.', double),
  probabilityBest: documented('That its rate is the largest of all candidates’.', double),
  propensity: documented('The probability with which it was chosen.', double),
})
export type ScriptCandidate = TypeOf<typeof ScriptCandidate>

export const ScriptChoice = event(
  'ScriptChoice',
  'Which script a call was given, from which ones, and how likely each was.',
  {
    customerId: identifier,
    callId: documented('Of the call: it is the same in `calls`.', identifier),
    language: string,
    targetGroup: documented(
      'The group of the customer whose results counted; null: the customer is in none that a template names.',
      nullable(identifier),
    ),
    template: identifier,
    templateVersion: int,
    propensity: documented('The probability with which it was chosen.', double),
    candidates: array(ScriptCandidate),
    floor: documented('The least probability of each by the policy.', double),
    adapts: documented('false: all were equally likely.', boolean),
    policyVersion: int,
  },
)
export type ScriptChoice = TypeOf<typeof ScriptChoice>

export const scriptChoices = topic<ScriptChoice>({
  name: 'script-choices',
  schema: ScriptChoice,
  key: 'customerId',
  keyOf: ({ customerId }) => customerId,
  retention: { days: 365 },
  role: 'output',
  producer: 'API',
})
