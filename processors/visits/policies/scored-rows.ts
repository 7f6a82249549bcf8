import { releases } from '../../../schemas/models/releases.ts'
import { noFeatures, type GlobalEntry, type Scorer } from '../../processor.ts'

/** By which rows and models those decide who decide beside a processor. */
export type ScoredRows = Pick<Scorer, 'features' | 'task'>

export const notScored: ScoredRows = { features: noFeatures }

/** Who decides by a model decides again when another one is released. */
export function releaseOf({ task }: ScoredRows): readonly GlobalEntry[] {
  return task === undefined ? [] : [[releases, task]]
}
