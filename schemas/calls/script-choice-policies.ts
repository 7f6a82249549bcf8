import { array, boolean, documented, event, identifier, int, string, withDefault, type TypeOf } from '../avro/schema.ts'
import { between, itemsAtMost } from '../rules.ts'
import { globalTopic } from '../topic.ts'

export const ScriptChoicePolicy = event(
  'ScriptChoicePolicy',
  'How the script of a call is chosen, and when one is no longer chosen.',
  {
    name: identifier,
    version: int,
    adapts: documented(
      'Scripts that convert more are chosen more often. false: all are equally likely, and none is retired.',
      boolean,
    ),
    floor: documented(
      'The least probability with which each script is chosen, so that every one goes on being measured.',
      between(0.01, 0.5),
    ),
    priorConversions: documented(
      'Conversions that a script is taken to have had before its first call.',
      between(1, 10_000),
    ),
    priorCalls: documented('Calls in which it is taken to have had them.', between(2, 100_000)),
    evidence: documented(
      'So many calls whose outcome is known say enough of a script to compare it.',
      between(20, 1_000_000, int),
    ),
    bound: documented(
      'A script is retired where its probability to be the best of its group is smaller.',
      between(0.0001, 0.2),
    ),
    days: documented('Choices of so many days count.', between(1, 365, int)),
    groupOrder: documented(
      'Whoever is in several target groups counts for the first of these; groups that are not named follow by name.',
      withDefault(itemsAtMost(200, array(identifier)), []),
    ),
    changedBy: string,
  },
)
export type ScriptChoicePolicy = TypeOf<typeof ScriptChoicePolicy>

export const scriptChoicePolicies = globalTopic<ScriptChoicePolicy>({
  name: 'script-choice-policies',
  schema: ScriptChoicePolicy,
  key: 'name',
  keyOf: ({ name }) => name,
  versionOf: ({ version }) => version,
  producer: 'API',
})
