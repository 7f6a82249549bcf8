import { documented, double, event, identifier, map, nullable, string, type TypeOf } from '../avro/schema.ts'
import { oneOf } from '../rules.ts'
import { topic } from '../topic.ts'
import { noPersons } from '../persons.ts'

/**
 * `hold`: the gate kept a better model back, because it would change too many decisions. `warn`: the model in use no
 * longer keeps a bound of its gate.
 */
export const modelActs = [
  'promote',
  'rollback',
  'shadow',
  'canary',
  'withdraw',
  'hold',
  'warn',
  'freeze',
  'unfreeze',
] as const
export type ModelActKind = (typeof modelActs)[number]

export const ModelAct = event('ModelAct', 'What a person or the platform did with a model, with the reason.', {
  task: identifier,
  act: oneOf(modelActs),
  modelId: documented('The model; null if the act is about the task.', nullable(string)),
  by: documented('The person, or `scoreline` for the platform itself.', string),
  reason: string,
  numbers: documented('The numbers that it is based on.', map(double)),
})
export type ModelAct = TypeOf<typeof ModelAct>

export const modelActsTopic = topic<ModelAct>({
  name: 'model-acts',
  schema: ModelAct,
  key: 'task',
  persons: noPersons('models, and who in the bank changed them'),
  keyOf: ({ task }) => task,
  retention: { days: 90 },
  role: 'output',
  producer: 'API, command line, retrainer',
})
