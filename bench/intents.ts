import type { Benchmark } from './benchmark.ts'
import { intentAblation } from './text/intent.ts'
import { intentDrift } from './text/intent-drift.ts'

/** What the context adds, and how well updates in steps keep up. */
export const intents: Benchmark = {
  name: 'intents',
  question:
    'How much does the context weight add to intent accuracy, and does incremental training keep up with drifting wording?',
  needsBroker: false,
  async run({ quick, log }) {
    return { drift: await intentDrift(quick, log), ablation: await intentAblation(quick, log) }
  },
}
