import type { Benchmark } from './benchmark.ts'
import { copiedTexts } from './visits/copied-texts.ts'
import { dayPlans } from './visits/day-plans.ts'
import { assess, fieldQuality } from './visits/field-quality.ts'
import { listChanges } from './visits/list-changes.ts'
import { reportTexts } from './visits/report-texts.ts'
import { streamRate } from './visits/stream-rate.ts'

/**
 * Measures the gain of planned days, what evidence against visits finds and what it costs honest people, and the rate
 * of both.
 */
export const visits: Benchmark = {
  needsBroker: false,
  async run({ quick, log, directory }) {
    return {
      listChanges: await listChanges(quick, log),
      dayPlans: dayPlans(quick, log),
      copiedTexts: await copiedTexts(quick, log),
      fieldWork: await fieldQuality(directory, quick, log),
      throughput: await throughput(directory, quick, log),
    }
  },
}

/** Measures 500 salespeople over 180 days, with all detectors on one thread, from file to verdicts. */
async function throughput(directory: string, quick: boolean, log: (line: string) => void) {
  const texts = (await reportTexts[0]!.read()) ?? ['客户在看方案，下周一给答复，价格还要再谈。']
  let at = 0
  // Combines two texts, so that there are enough different reports.
  const report = () => {
    const [one, other] = [texts[at % texts.length]!, texts[(at * 7 + Math.floor(at / texts.length)) % texts.length]!]
    at++
    return `${one.slice(0, 120)}。${other.slice(0, 120)}`
  }
  const [people, days] = quick ? [100, 60] : [500, 180]
  const { assessed, seconds, cpu } = await assess(directory, { seed: 'rate', people, days, cheatingShare: 0.1, report })
  const answer = {
    visits: assessed.length,
    seconds: Math.round(seconds * 10) / 10,
    visitsPerS: Math.round(assessed.length / seconds),
    visitsPerCpuS: Math.round(assessed.length / cpu),
    residentMb: Math.round(process.memoryUsage().rss / 2 ** 20),
  }
  log(`throughput of a file: ${JSON.stringify(answer)}`)
  at = 0
  const stream = await streamRate({ seed: 'rate', people, days, cheatingShare: 0.1, report })
  log(`throughput of the stream: ${JSON.stringify(stream)}`)
  return { file: answer, stream }
}
