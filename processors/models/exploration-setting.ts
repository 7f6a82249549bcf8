import { explorations, type Exploration } from '../../schemas/models/explorations.ts'
import { versionedSetting } from '../../schemas/platform/versioned-setting.ts'

/** What people set for the exploration of a task. */
export type ExplorationRule = Pick<Exploration, 'share' | 'estimateMin' | 'seed' | 'approval'>

/** Applies until it is edited. */
export const noExploration: ExplorationRule = { share: 0, estimateMin: 0, seed: 0, approval: null }

/** Larger shares need an approval. */
const UNAPPROVED_SHARE_MAX = 0.02

/** The tasks that can explore. All of them decide on credit; others can be added once they act on a threshold. */
export const explorationSetting = versionedSetting({
  name: 'exploration',
  path: '/explorations',
  doc: 'Share of the subjects below its threshold that a task acts on at random, to learn what becomes of them (docs/exploration.md).',
  topic: explorations,
  key: 'task',
  defaults: new Map([['loan-demand', noExploration]]),
  validate: ({ share, approval }) =>
    share > UNAPPROVED_SHARE_MAX && approval === null
      ? `share is ${share}: a task that decides on credit explores more than ${UNAPPROVED_SHARE_MAX} only with an approval. State it in approval: who gave it, and where it is on record.`
      : undefined,
})
