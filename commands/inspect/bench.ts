import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { benchmarks } from '../../bench/benchmarks.ts'
import { untilStopped } from '../../composition/context.ts'
import type { DefineCommand } from '../define-command.ts'
import { brokersIfKnown } from '../../composition/services.ts'
import { VERSION } from '../../composition/version.ts'

interface BenchOptions {
  readonly runs: number
  readonly events: number
  readonly quick: boolean
  readonly zipf: boolean
  readonly json?: string
}

/** As much heap as the jobs get, so that the broker is not the bottleneck. */
const BROKER_HEAP = '1g'

export const defineBench: DefineCommand = (command, context) => {
  const width = Math.max(...benchmarks.map(({ name }) => name.length)) + 2
  const list = benchmarks.map(({ name, question }) => `  ${name.padEnd(width)}${question}`).join('\n')
  command
    .argument('<name>', 'one of those below')
    .option('--runs <number>', 'number of runs', Number, 3)
    .option('--events <number>', 'events per run', Number, 1_000_000)
    .option('--quick', 'one run with fewer events, about a minute', false)
    .option('--zipf', 'draw customers from a Zipf distribution', false)
    .option('--json <file>', 'also write the result to this file')
    .addHelpText('after', `\nQuestions:\n${list}`)
    .action(async (name: string, { json, ...options }: BenchOptions) => {
      const here = context()
      const { config, print, log } = here
      const listed = benchmarks.find((one) => one.name === name)
      if (listed === undefined)
        throw new Error(`There is no benchmark ${name}. Available: ${benchmarks.map((one) => one.name).join(', ')}.`)
      // Imported here so that --help and an unknown name don't load the platform.
      const [benchmark, { startBroker }] = await Promise.all([listed.load(), import('../../deploy/broker.ts')])
      const directory = mkdtempSync(join(tmpdir(), 'scoreline-bench-'))
      const known = brokersIfKnown(config)
      const broker =
        benchmark.needsBroker && known === undefined
          ? await startBroker({ directory: join(directory, 'broker'), heap: BROKER_HEAP })
          : undefined
      try {
        const brokers = broker?.brokers ?? known ?? []
        const running = benchmark.run({ ...options, brokers, directory, log: (line) => log('info', line) })
        const answer = await Promise.race([running, untilStopped(here)])
        if (here.stopped.aborted) throw new Error('The benchmark was stopped early, so there is no result.')
        const report = {
          benchmark: name,
          question: listed.question,
          ...options,
          on: machine(),
          ...(answer as object),
        }
        if (json !== undefined) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`)
        print(JSON.stringify(report))
      } finally {
        await broker?.stop()
        rmSync(directory, { recursive: true, force: true })
      }
    })
}

/** Describes the machine, without which the figures can't be compared. */
function machine() {
  return {
    version: VERSION,
    node: process.version,
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    at: new Date().toISOString(),
  }
}
