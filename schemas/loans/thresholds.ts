import { between } from '../rules.ts'
import { event, identifier, int, string, type TypeOf } from '../avro/schema.ts'
import { globalTopic } from '../topic.ts'
import { settingOfTheBank } from '../persons.ts'

export const Threshold = event('Threshold', 'The probability above which a task raises its alert.', {
  task: identifier,
  version: int,
  value: between(0, 1),
  changedBy: string,
})
export type Threshold = TypeOf<typeof Threshold>

export const thresholds = globalTopic<Threshold>({
  name: 'thresholds',
  schema: Threshold,
  key: 'task',
  persons: settingOfTheBank,
  keyOf: (threshold) => threshold.task,
  versionOf: ({ version }) => version,
  producer: 'API',
})
