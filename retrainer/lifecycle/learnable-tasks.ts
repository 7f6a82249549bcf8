import type { FeatureNames } from '../../features/feature-set.ts'
import { processors } from '../../processors/processors.ts'

/** The tasks that models are trained for, with their default algorithms. */
export interface LearnableTask {
  readonly task: string
  readonly algorithm: string
  readonly features: FeatureNames
  /**
   * Its models give a probability for each of several things, and outcomes name the thing: entries of the dictionary,
   * or any other ids.
   */
  readonly multiLabel?: 'dictionary' | 'outcomes' | undefined
}

const algorithmOf: Readonly<Record<string, string>> = {
  conversion: 'ngram-logistic',
  'loan-demand': 'linear',
  'call-conversion': 'logistic',
  recommendation: 'deep-labels',
  preferences: 'gbm-labels',
}
const multiLabelTasks: Readonly<Record<string, LearnableTask['multiLabel']>> = {
  recommendation: 'dictionary',
  preferences: 'outcomes',
}

/** Every task that a processor scores and that is learned from its outcomes; what gives several numbers a row has a way of its own to learn. */
export const learnableTasks: readonly LearnableTask[] = processors.flatMap(({ task, features }) => {
  const algorithm = task === undefined ? undefined : algorithmOf[task]
  return task === undefined || algorithm === undefined ? [] : [{ task, features, algorithm, multiLabel: multiLabelTasks[task] }]
})

export function taskNamed(name: string): LearnableTask {
  const found = learnableTasks.find(({ task }) => task === name)
  if (found === undefined)
    throw new Error(`There is no task ${name}. There are: ${learnableTasks.map(({ task }) => task).join(', ')}.`)
  return found
}
