import { array, documented, event, identifier, int, string, withDefault, type TypeOf } from '../avro/schema.ts'
import { between, itemsAtMost } from '../rules.ts'
import { globalTopic } from '../topic.ts'
import { settingOfTheBank } from '../persons.ts'

export const TrustedSources = event(
  'TrustedSources',
  'Whose outcomes of a task models learn from, and how much of them.',
  {
    task: identifier,
    version: int,
    sources: documented(
      'Sources of outcomes whose labels are trained on; an empty list: every source.',
      withDefault(itemsAtMost(100, array(identifier)), []),
    ),
    referenceSources: documented(
      'Sources whose newest labels are the reference of the promotion gate: a challenger that is worse on them is not released, and `sourceShareMax` does not apply to them; an empty list: none.',
      withDefault(itemsAtMost(100, array(identifier)), []),
    ),
    sourceShareMax: documented(
      'Maximum share of the training labels that one source may hold; without reference sources no less than an equal share of each.',
      withDefault(between(0, 1), 1),
    ),
    reviewerShareMax: documented(
      'Maximum share of the training labels that one reviewer may hold; labels without a reviewer are not limited.',
      withDefault(between(0, 1), 1),
    ),
    rateDifferenceMax: documented(
      'The labels of a source or reviewer that became known in a week are held for a person if their mean differs from the usual one by more than this.',
      withDefault(between(0, 1), 0.3),
    ),
    changedBy: string,
  },
)
export type TrustedSources = TypeOf<typeof TrustedSources>

export const trustedSources = globalTopic<TrustedSources>({
  name: 'trusted-sources',
  schema: TrustedSources,
  key: 'task',
  persons: settingOfTheBank,
  keyOf: ({ task }) => task,
  versionOf: ({ version }) => version,
  producer: 'API',
})
