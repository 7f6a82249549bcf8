import type { RoutingRules } from '../../../features/calls/routing/widening.ts'

/** Built-in plan for desks without their own: scores are recorded, but do not change the routing. */
export const builtInPlan: Omit<RoutingRules, 'version'> & { readonly description: string } = {
  description:
    'Delivered with the platform. The agent who has been free longest gets the call; what the scores would have done is on record.',
  release: 'EVALUATION',
  weights: { expertise: 0.5, load: 0.3, performance: 0.2, known: 0.1 },
  steps: [
    { afterSeconds: 0, expertiseMin: 0.2, otherQueues: false },
    { afterSeconds: 10, expertiseMin: 0, otherQueues: true },
  ],
  prioritySeconds: 60,
  offerSeconds: 15,
  avoidSeconds: 60,
  wrapUpSeconds: 60,
  talkSecondsMax: 4 * 3_600,
  waitSecondsMax: 3_600,
}

/** The built-in plan as version 0: no plan has been set. */
export const defaultPlan = { ...builtInPlan, version: 0 }
