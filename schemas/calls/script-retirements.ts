import {
  array,
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
import { noPersons } from '../persons.ts'

const retirementDecisions = ['retired', 'restored'] as const
export type RetirementDecision = (typeof retirementDecisions)[number]

const results = {
  decided: documented('Number of its calls that a person answered and whose outcome is known.', int),
  converted: documented('Number of those calls that converted.', int),
  probabilityBest: documented(
    'Probability that its conversion rate is the highest of the scripts with enough calls; null if it, or every other one, has too few.',
    nullable(double),
  ),
}

const ScriptPeer = record('ScriptPeer', 'A script of the same group at the time of the decision.', {
  template: identifier,
  templateVersion: int,
  ...results,
})

export const ScriptRetirement = event(
  'ScriptRetirement',
  'A decision to stop choosing a version of a script for a target group, or to choose it again. The latest applies.',
  {
    template: identifier,
    templateVersion: int,
    targetGroup: documented(
      'Target group; null: customers who are in no group that a template names.',
      nullable(identifier),
    ),
    decision: documented(`${retirementDecisions.join(', ')}.`, string),
    number: documented('Number of decisions on this version and group, this one included.', int),
    ...results,
    peers: documented('Scripts that it was compared with.', array(ScriptPeer)),
    evidence: documented('Number of decided calls that the policy requires.', int),
    bound: documented('Probability of being the best that the policy requires.', double),
    policyVersion: int,
    decidedBy: string,
    reason: documented('Explanation in words.', string),
  },
)
export type ScriptRetirement = TypeOf<typeof ScriptRetirement>

export const scriptRetirements = topic<ScriptRetirement>({
  name: 'script-retirements',
  schema: ScriptRetirement,
  key: 'template',
  persons: noPersons('scripts and their results'),
  keyOf: ({ template }) => template,
  retention: { days: 365 },
  role: 'output',
  producer: 'API',
})
