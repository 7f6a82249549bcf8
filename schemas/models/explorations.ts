import { documented, event, identifier, int, nullable, string, withDefault, type TypeOf } from '../avro/schema.ts'
import { between, textUpTo } from '../rules.ts'
import { globalTopic } from '../topic.ts'
import { settingOfTheBank } from '../persons.ts'

/** Largest share of the subjects below the threshold that a task may explore. */
const SHARE_MAX = 0.5

export const Exploration = event(
  'Exploration',
  'Share of the subjects below its threshold that a task acts on all the same, drawn at random to learn what becomes of them.',
  {
    task: identifier,
    version: int,
    share: documented('Share of the subjects below the threshold; 0: none.', between(0, SHARE_MAX)),
    estimateMin: documented('Subjects with a lower estimate are never explored.', withDefault(between(0, 1), 0)),
    seed: documented('Another seed draws other subjects.', withDefault(int, 0)),
    approval: documented(
      'Who approved the share, and where that is on record; required above 0.02.',
      nullable(textUpTo(500)),
    ),
    changedBy: string,
  },
)
export type Exploration = TypeOf<typeof Exploration>

export const explorations = globalTopic<Exploration>({
  name: 'explorations',
  schema: Exploration,
  key: 'task',
  persons: settingOfTheBank,
  keyOf: ({ task }) => task,
  versionOf: ({ version }) => version,
  producer: 'API',
})
