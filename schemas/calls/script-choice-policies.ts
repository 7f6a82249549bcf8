import { array, boolean, documented, event, identifier, int, string, withDefault, type TypeOf } from '../avro/schema.ts'
import { between, itemsAtMost } from '../rules.ts'
import { globalTopic } from '../topic.ts'
import { settingOfTheBank } from '../persons.ts'

export const ScriptChoicePolicy = event(
  'ScriptChoicePolicy',
  'How the script of a call is chosen, and when a script is retired.',
  {
    name: identifier,
    version: int,
    adapts: documented(
      'Whether scripts that convert more are chosen more often. false: all are equally likely, and none is retired.',
      boolean,
    ),
    floor: documented(
      'Minimum probability with which each script is chosen, so that measuring never stops.',
      between(0.01, 0.5),
    ),
    priorConversions: documented(
      'Conversions of the prior, which a script is assumed to have had before its first call.',
      between(1, 10_000),
    ),
    priorCalls: documented('Calls of the prior, in which it is assumed to have had them.', between(2, 100_000)),
    evidence: documented(
      'Minimum number of calls with a known outcome to compare a script.',
      between(20, 1_000_000, int),
    ),
    bound: documented(
      'A script is retired if its probability of being the best of its group is lower.',
      between(0.0001, 0.2),
    ),
    days: documented('Number of days whose choices count.', between(1, 365, int)),
    groupOrder: documented(
      'Precedence of target groups for a customer in several of them; groups not listed follow by name.',
      withDefault(itemsAtMost(200, array(identifier)), []),
    ),
    reviewed: documented(
      'Whether a script is used only after a person other than the author of its template has approved it.',
      withDefault(boolean, false),
    ),
    changedBy: string,
  },
)
export type ScriptChoicePolicy = TypeOf<typeof ScriptChoicePolicy>

export const scriptChoicePolicies = globalTopic<ScriptChoicePolicy>({
  name: 'script-choice-policies',
  schema: ScriptChoicePolicy,
  key: 'name',
  persons: settingOfTheBank,
  keyOf: ({ name }) => name,
  versionOf: ({ version }) => version,
  producer: 'API',
})
