import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchmarks } from '../bench/benchmarks.ts'
import type { DefineCommand } from './context.ts'
import { brokersOf } from './services.ts'
import { VERSION } from './version.ts'

export const defineBench: DefineCommand = (program, context) => {
  const list = benchmarks.map(({ name, question }) => `  ${name.padEnd(10)}${question}`).join('\n')
  program
    .command('bench')
    .description('measure: several runs, with minimum, median and maximum of each number')
    .argument('<name>', 'one of those below')
    .option('--runs <number>', 'how often', Number, 3)
    .option('--events <number>', 'how many events a run takes', Number, 100_000)
    .addHelpText('after', `\nQuestions:\n${list}`)
    .action(async (name: string, { runs, events }: { runs: number; events: number }) => {
      const { config, print, log } = context()
      const benchmark = benchmarks.find((one) => one.name === name)
      if (benchmark === undefined)
        throw new Error(`There is no benchmark ${name}. There are: ${benchmarks.map((one) => one.name).join(', ')}.`)
      const results: Readonly<Record<string, number>>[] = []
      for (let run = 1; run <= runs; run++) {
        const directory = mkdtempSync(join(tmpdir(), 'scoreline-bench-'))
        const result = await benchmark.run({ brokers: name === 'codec' ? [] : brokersOf(config), events, directory })
        rmSync(directory, { recursive: true, force: true })
        log('info', `run ${run} of ${runs}: ${JSON.stringify(result)}`)
        results.push(result)
      }
      const spread = Object.fromEntries(
        Object.keys(results[0] ?? {}).map((number) => {
          const values = results.map((result) => result[number]!).sort((one, other) => one - other)
          return [number, { minimum: values[0], median: values[values.length >> 1], maximum: values.at(-1) }]
        }),
      )
      print(
        JSON.stringify({
          benchmark: name,
          question: benchmark.question,
          runs,
          events,
          version: VERSION,
          node: process.version,
          ...spread,
        }),
      )
    })
}
