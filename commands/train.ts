import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { challenge } from '../retrainer/challenge.ts'
import { datasetOf, readCsv } from '../retrainer/csv-data.ts'
import { taskNamed } from '../retrainer/learnable-tasks.ts'
import { retrain } from '../retrainer/retrain.ts'
import type { CommandContext, DefineCommand } from './context.ts'
import { migrateDatabase, withDatabase } from './migrate.ts'
import { createProgress } from './progress.ts'
import { VERSION } from './version.ts'

interface TrainOptions {
  readonly data?: string
  readonly target?: string
  readonly time?: string
  readonly exclude?: string
  readonly algorithm?: string
  readonly out?: string
  readonly seed: number
}

export const defineTrain: DefineCommand = (program, context) => {
  program
    .command('train')
    .description(
      "train a model: on a table, or on the platform's own scores and the outcomes that came of them; prints a line of metrics",
    )
    .argument('<task>', 'conversion, loan-demand, call-conversion; any name with --data')
    .option('--data <file>', 'CSV with a header line, .gz too; not given: what the platform served, from its database')
    .option('--target <column>', 'the label of a table: 1 or 0, yes or no, or a rate')
    .option('--time <column>', 'when a row was known; the newest quarter is then the test')
    .option(
      '--exclude <columns>',
      'columns that were not known at the moment of scoring, or must not be used; separated by commas',
    )
    .option('--algorithm <name>', 'logistic, linear, ngram-logistic')
    .option('--out <folder>', 'where the model of a table is written: model.json and metrics.json')
    .option('--seed <number>', 'decides every random choice', Number, 1)
    .action(async (task: string, options: TrainOptions) => {
      const here = context()
      await (options.data === undefined ? trainServed(here, task, options) : trainTable(here, task, options.data, options))
    })
}

async function trainServed(context: CommandContext, name: string, { algorithm, seed }: TrainOptions): Promise<void> {
  const task = taskNamed(name)
  await migrateDatabase(context)
  const result = await withDatabase(context, 'train', async (database) => {
    const progress = createProgress(`Training ${name}`, 1)
    try {
      return await retrain(task, {
        database,
        codeVersion: VERSION,
        seed,
        ...(algorithm === undefined ? {} : { algorithm }),
        progress: (done, of) => progress.update(done / of),
      })
    } finally {
      progress.stop()
    }
  })
  if (result.kind !== 'trained') {
    const why =
      result.kind === 'one-class'
        ? `all ${result.rows} outcomes are the same`
        : `${result.rows} outcomes have a score, ${result.needed} are needed`
    throw new Error(`${name} can't be trained yet: ${why}.`)
  }
  const { artefact, ...shown } = result
  context.log('info', `${result.promote ? 'Promoted' : 'Not promoted'}: ${result.reason}`)
  context.print(JSON.stringify({ task: name, bytes: artefact.length, ...shown }))
}

async function trainTable(context: CommandContext, task: string, file: string, options: TrainOptions): Promise<void> {
  const { target, time, exclude, out, seed, algorithm = 'logistic' } = options
  if (target === undefined || out === undefined) throw new Error('--data needs --target and --out too.')
  const data = datasetOf(await readCsv(file), { target, time, exclude: exclude?.split(',') ?? [] })
  const progress = createProgress(`Training on ${data.count} rows of ${data.width} features`, 1)
  const result = await challenge(data, {
    task,
    algorithm,
    featureSet: `table@1`,
    seed,
    progress: (done, of) => progress.update(done / of),
  })
  progress.stop()
  const { artefact, ...shown } = result
  mkdirSync(out, { recursive: true })
  writeFileSync(join(out, 'model.json'), artefact)
  writeFileSync(join(out, 'metrics.json'), `${JSON.stringify(shown, null, 2)}\n`)
  context.log('info', result.reason)
  context.print(JSON.stringify({ task, algorithm, ...shown }))
}
