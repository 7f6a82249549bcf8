import { boolean, documented, event, identifier, int, string, withDefault, type TypeOf } from '../avro/schema.ts'
import { textUpTo } from '../rules.ts'
import { globalTopic } from '../topic.ts'
import { settingOfTheBank } from '../persons.ts'

/** Maximum length of a condition, in characters. */
export const CONDITION_LENGTH_MAX = 2_000

export const TargetGroup = event('TargetGroup', 'A group of customers, defined by a condition over their features.', {
  name: identifier,
  version: int,
  description: documented('Description of the group.', textUpTo(500)),
  condition: documented(
    'Condition in CEL over features and the profile (docs/target-groups.md).',
    textUpTo(CONDITION_LENGTH_MAX),
  ),
  retired: documented('Whether it is no longer used.', withDefault(boolean, false)),
  changedBy: string,
})
export type TargetGroup = TypeOf<typeof TargetGroup>

export const targetGroups = globalTopic<TargetGroup>({
  name: 'target-groups',
  schema: TargetGroup,
  key: 'name',
  persons: settingOfTheBank,
  keyOf: ({ name }) => name,
  versionOf: ({ version }) => version,
  producer: 'API',
})
