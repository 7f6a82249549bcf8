import type { Answer } from '../../api.ts'

type Step = Answer<'/call-attempts'>['items'][number]

/** One line for each call of these steps, which come newest first: its latest outcome, or that there is none yet. */
export function latestCalls(steps: readonly Step[]): readonly Step[] {
  const calls = new Map<string, Step>()
  for (const step of steps) {
    const held = calls.get(step.attemptId)
    // The dispatch is the beginning of its call, even where both have the same time.
    if (held === undefined || (held.step === 'dispatched' && step.step === 'completed')) calls.set(step.attemptId, step)
  }
  return [...calls.values()]
}
