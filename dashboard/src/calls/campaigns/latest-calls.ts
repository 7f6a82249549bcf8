import type { ApiResponse } from '../../api.ts'

type Step = ApiResponse<'/call-attempts'>['items'][number]

/** Returns one step per call: its latest outcome, or else its dispatch. `steps`: newest first. */
export function latestCalls(steps: readonly Step[]): readonly Step[] {
  const calls = new Map<string, Step>()
  for (const step of steps) {
    const latest = calls.get(step.attemptId)
    // An outcome comes after its dispatch, even if both have the same time.
    if (latest === undefined || (latest.step === 'dispatched' && step.step === 'completed'))
      calls.set(step.attemptId, step)
  }
  return [...calls.values()]
}
