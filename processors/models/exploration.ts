import { unitHash } from '../../features/string-hash.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import type { Exploration } from '../../schemas/models/explorations.ts'

/** A draw applies to all decisions on a subject in a period. Periods are counted from 1970-01-01 UTC. */
export const EXPLORATION_PERIOD_MS = 28 * DAY_MS

/** Whether a task acts on a subject, and how probable that was. */
export interface Selection {
  readonly acted: boolean
  /** Probability of acting on a subject with this estimate: 1 from the threshold on, below it the explored share. */
  readonly propensity: number
}

/** The facts that a selection depends on. */
interface Candidate {
  readonly task: string
  readonly subjectId: string
  /** Event time, ms. */
  readonly at: number
  readonly estimate: number
  readonly threshold: number
}

/**
 * Selects a subject from the threshold on, and below it a share at random. The draw is a hash of seed, task, period and
 * subject, so that a replay decides the same, and a larger share keeps the subjects of a smaller one.
 */
export function selectionOf(
  rule: Pick<Exploration, 'share' | 'estimateMin' | 'seed'> | undefined,
  { task, subjectId, at, estimate, threshold }: Candidate,
): Selection {
  if (estimate >= threshold) return { acted: true, propensity: 1 }
  if (rule === undefined || rule.share === 0 || estimate < rule.estimateMin) return { acted: false, propensity: 0 }
  const period = Math.floor(at / EXPLORATION_PERIOD_MS)
  const draw = unitHash(`exploration/${rule.seed}/${task}/${period}/${subjectId}`)
  return { acted: draw < rule.share, propensity: rule.share }
}

/** Returns whether chance selected the subject. */
export function isExplored({ acted, propensity }: Selection): boolean {
  return acted && propensity < 1
}
