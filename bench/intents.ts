import type { Benchmark } from './benchmark.ts'
import { intentAblation } from './text/intent.ts'
import { intentDrift } from './text/intent-drift.ts'

/** What the context adds, and how well updates in steps keep up. */
export const intents: Benchmark = {
  name: 'intents',
  question: 'What does the context weight bring to intents, and do steps keep up with wording that drifts?',
  needsBroker: false,
  async run({ quick, log }) {
    return { drift: await intentDrift(quick, log), ablation: await intentAblation(quick, log) }
  },
}
