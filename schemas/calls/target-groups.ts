import { boolean, documented, event, identifier, int, string, withDefault, type TypeOf } from '../avro/schema.ts'
import { wordsUpTo } from '../rules.ts'
import { globalTopic } from '../topic.ts'

/** Maximum length of a condition, in characters. */
export const CONDITION_LENGTH_MAX = 2_000

export const TargetGroup = event(
  'TargetGroup',
  'Customers who have something in common, by a condition over their features.',
  {
    name: identifier,
    version: int,
    description: documented('Who they are, in words.', wordsUpTo(500)),
    condition: documented(
      'In CEL, over features and the profile: docs/target-groups.md.',
      wordsUpTo(CONDITION_LENGTH_MAX),
    ),
    retired: documented('It is no longer used.', withDefault(boolean, false)),
    changedBy: string,
  },
)
export type TargetGroup = TypeOf<typeof TargetGroup>

export const targetGroups = globalTopic<TargetGroup>({
  name: 'target-groups',
  schema: TargetGroup,
  key: 'name',
  keyOf: ({ name }) => name,
  versionOf: ({ version }) => version,
  producer: 'API',
})
