import { metricsOf } from '../../../models/evaluation/metrics.ts'
import type { Dataset, TrainingProgress } from '../../../models/model.ts'
import { chosenRows, temporalHoldout } from '../../../models/split.ts'
import { scored } from '../../lifecycle/scored.ts'
import type { Hyperparameters } from '../learner.ts'
import type { Family } from './families.ts'

export interface FamilyChoiceOptions {
  /** Families to choose from; a single one is not tried. */
  readonly families: readonly Family[]
  /** Hyperparameters of the algorithms, by family. */
  readonly settings: Readonly<Record<string, Hyperparameters>>
  readonly seed: number
  /** Progress of each family. */
  readonly progress?: readonly TrainingProgress[]
}

/** A family's metrics on the rows held out for the choice. */
export interface Tried {
  readonly family: string
  readonly metrics: Readonly<Record<string, number>>
}

export const CHOICE_SHARE = 0.2

/** Trains each family on the older part of the training rows, measures it on the newer, and returns the best. */
export async function chooseFamily(
  data: Dataset,
  kind: 'classification' | 'regression',
  { families, settings, seed, progress }: FamilyChoiceOptions,
): Promise<{ readonly family: Family; readonly tried: readonly Tried[] }> {
  if (families.length === 1) return { family: families[0]!, tried: [] }
  const split = temporalHoldout(data, CHOICE_SHARE, seed)
  const [older, newer] = [chosenRows(data, split.train), chosenRows(data, split.test)]
  const tried: Tried[] = []
  for (const [place, { name, learners }] of families.entries()) {
    const learner = learners[kind]
    const parameters = await learner.train(older, seed, progress?.[place], settings[name] ?? {})
    const scores = await scored(learner.algorithm.scorer(parameters), newer)
    tried.push({ family: name, metrics: metricsOf(kind, newer.labels, scores) })
  }
  const loss = ({ metrics }: Tried) => metrics[kind === 'classification' ? 'logLoss' : 'rmse']!
  const best = tried.reduce((least, one) => (loss(one) < loss(least) ? one : least))
  return { family: families.find(({ name }) => name === best.family)!, tried }
}
