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
  withDefault,
  type TypeOf,
} from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { byKey } from '../persons.ts'

export const ScriptCandidate = record(
  'ScriptCandidate',
  'A script that could be chosen, with its statistics at that time.',
  {
    template: identifier,
    templateVersion: int,
    alpha: documented(
      'Alpha of the beta distribution of its conversion rate: conversions, those of the prior included.',
      double,
    ),
    beta: documented('Beta of that distribution: calls without a conversion, those of the prior included.', double),
    probabilityBest: documented('Probability that its conversion rate is the highest of all candidates.', double),
    propensity: documented('Probability with which it was chosen.', double),
  },
)
export type ScriptCandidate = TypeOf<typeof ScriptCandidate>

export const ScriptChoice = event(
  'ScriptChoice',
  'The script that a call was given, with all candidates and their probabilities.',
  {
    customerId: identifier,
    callId: documented('Id of the call, as in `calls`.', identifier),
    language: string,
    targetGroup: documented(
      'Target group of the customer whose results counted; null if the customer is in none that a template names.',
      nullable(identifier),
    ),
    template: identifier,
    templateVersion: int,
    scriptId: documented(
      'Script in the script database (`/scripts`); null for choices made before there was one.',
      withDefault(nullable(identifier), null),
    ),
    propensity: documented('Probability with which it was chosen.', double),
    candidates: array(ScriptCandidate),
    floor: documented('Minimum probability of each candidate, by the policy.', double),
    adapts: documented('Whether the probabilities followed the results; false: all were equally likely.', boolean),
    policyVersion: int,
  },
)
export type ScriptChoice = TypeOf<typeof ScriptChoice>

export const scriptChoices = topic<ScriptChoice>({
  name: 'script-choices',
  schema: ScriptChoice,
  key: 'customerId',
  persons: byKey,
  keyOf: ({ customerId }) => customerId,
  retention: { days: 365 },
  role: 'output',
  producer: 'API',
})
