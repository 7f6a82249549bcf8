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

const retirementDecisions = ['retired', 'restored'] as const
export type RetirementDecision = (typeof retirementDecisions)[number]

const results = {
  decided: documented('Calls in which it was chosen, a person answered, and the outcome is known.', int),
  converted: documented('Those that converted.', int),
  probabilityBest: documented(
    'That its rate is the largest of those of which enough is known; null: of it, or of no other, too little is.',
    nullable(double),
  ),
}

const ScriptPeer = record('ScriptPeer', 'A script of the same group, at the moment of the decision.', {
  template: identifier,
  templateVersion: int,
  ...results,
})

export const ScriptRetirement = event(
  'ScriptRetirement',
  'A decision that a version of a script is no longer chosen for a target group, or is again. The newest counts.',
  {
    template: identifier,
    templateVersion: int,
    targetGroup: documented('null: customers who are in no group that a template names.', nullable(identifier)),
    decision: documented(`${retirementDecisions.join(', ')}.`, string),
    number: documented('How many decisions on it there are, this one included.', int),
    ...results,
    peers: documented('What it was compared with.', array(ScriptPeer)),
    evidence: documented('So many decided calls the policy asks for.', int),
    bound: documented('The least probability to be the best that the policy asks for.', double),
    policyVersion: int,
    decidedBy: string,
    reason: documented('In words.', string),
  },
)
export type ScriptRetirement = TypeOf<typeof ScriptRetirement>

export const scriptRetirements = topic<ScriptRetirement>({
  name: 'script-retirements',
  schema: ScriptRetirement,
  key: 'template',
  keyOf: ({ template }) => template,
  retention: { days: 365 },
  role: 'output',
  producer: 'API',
})
