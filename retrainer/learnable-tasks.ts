import type { FeatureNames } from '../features/feature-set.ts'
import { processors } from '../processors/processors.ts'

/** What models are trained for, and by which algorithm where nothing else is asked for. */
export interface LearnableTask {
  readonly task: string
  readonly algorithm: string
  readonly features: FeatureNames
}

const algorithmOf: Readonly<Record<string, string>> = {
  conversion: 'ngram-logistic',
  'loan-demand': 'linear',
  'call-conversion': 'logistic',
}

/** Every task that a processor scores. */
export const learnableTasks: readonly LearnableTask[] = processors.flatMap(({ task, features }) =>
  task === undefined ? [] : [{ task, features, algorithm: algorithmOf[task] ?? 'logistic' }],
)

export function taskNamed(name: string): LearnableTask {
  const found = learnableTasks.find(({ task }) => task === name)
  if (found === undefined)
    throw new Error(`There is no task ${name}. There are: ${learnableTasks.map(({ task }) => task).join(', ')}.`)
  return found
}
