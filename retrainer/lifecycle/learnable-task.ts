import type { DescribedFeatures } from '../../features/feature-set.ts'

/**
 * A task that models are trained for, and its default algorithm. Tasks that give several numbers a row learn elsewhere.
 */
export interface LearnableTask {
  readonly task: string
  readonly algorithm: string
  readonly features: DescribedFeatures
  /**
   * Its models give a probability for each of several things, and outcomes name the thing: entries of the dictionary,
   * or any other ids.
   */
  readonly multiLabel?: 'dictionary' | 'outcomes'
}
