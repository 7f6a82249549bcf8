import { releases } from '../../../schemas/models/releases.ts'
import { noFeatures, type GlobalEntry, type Scorer } from '../../processor.ts'

/** The rows, and the task of the model, by which a scorer decides. */
export type ScoredRows = Pick<Scorer, 'features' | 'task'>

export const notScored: ScoredRows = { features: noFeatures }

/** Returns the release that triggers a re-evaluation: that of the task, if there is one. */
export function releaseOf({ task }: ScoredRows): readonly GlobalEntry[] {
  return task === undefined ? [] : [[releases, task]]
}
