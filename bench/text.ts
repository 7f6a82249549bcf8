import type { Benchmark } from './benchmark.ts'
import { backbone } from './text/backbone.ts'
import { quality } from './text/quality.ts'
import { sentiment } from './text/sentiment.ts'

/** Models of texts: how quick the backbone is beside Python, and how good what stands on it. */
export const text: Benchmark = {
  name: 'text',
  question: 'How good are models of texts, and how quick is the backbone beside Python?',
  needsBroker: false,
  async run({ directory, quick, log }) {
    const speed = await backbone(directory, quick, log)
    log(JSON.stringify(speed))
    return { backbone: speed, sentiment: await sentiment(), quality: quick ? 'left out: it takes minutes' : await quality(log) }
  },
}
