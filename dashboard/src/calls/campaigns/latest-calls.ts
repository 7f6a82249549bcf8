import type { Answer } from '../../api.ts'

type Step = Answer<'/call-attempts'>['items'][number]

/** Returns one step per call: its latest outcome, or else its dispatch. `steps`: newest first. */
export function latestCalls(steps: readonly Step[]): readonly Step[] {
  const calls = new Map<string, Step>()
  for (const step of steps) {
    const held = calls.get(step.attemptId)
    // An outcome comes after its dispatch, even if both have the same time.
    if (held === undefined || (held.step === 'dispatched' && step.step === 'completed')) calls.set(step.attemptId, step)
  }
  return [...calls.values()]
}
