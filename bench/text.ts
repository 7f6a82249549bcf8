import type { Benchmark } from './benchmark.ts'
import { backbone } from './text/backbone.ts'
import { giftTalks } from './text/gift-talks.ts'
import { quality } from './text/quality.ts'
import { sentiment } from './text/sentiment.ts'
import { strategies } from './text/strategies.ts'

/** Measures the backbone's speed beside Python, and the quality of text models on top of it. */
export const text: Benchmark = {
  needsBroker: false,
  async run({ directory, quick, log }) {
    const speed = await backbone(directory, quick, log)
    log(JSON.stringify(speed))
    const beside = quick
      ? 'left out: it takes an hour and more'
      : { strategies: await strategies(log), giftTalks: await giftTalks(log), quality: await quality(log) }
    return { backbone: speed, sentiment: await sentiment(), beside }
  },
}
