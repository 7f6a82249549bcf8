import type { Benchmark } from './benchmark.ts'
import { intentAblation } from './text/intent.ts'
import { intentDrift } from './text/intent-drift.ts'
import { manyIntents } from './text/many-intents.ts'

/** Measures what context adds, whether incremental training keeps up with drift, and what many intents cost. */
export const intents: Benchmark = {
  needsBroker: false,
  async run({ quick, log }) {
    return {
      drift: await intentDrift(quick, log),
      ablation: await intentAblation(quick, log),
      many: await manyIntents(quick, log),
    }
  },
}
