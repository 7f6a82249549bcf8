import type { Command } from 'commander'
import { selectionNames } from '../../models/selection/selection.ts'
import { families } from '../../retrainer/training/tables/families.ts'
import { learnableTaskNamed } from '../../subjects/subjects.ts'
import { calibrationNamed } from '../../retrainer/training/tables/out-of-fold-calibration.ts'
import { requireFolder } from '../../retrainer/training/model-folder.ts'
import { trainTask } from '../../retrainer/lifecycle/train-task.ts'
import { backboneOf } from '../../composition/training/backbone.ts'
import type { CommandContext } from '../../composition/context.ts'
import { addColumnOptions } from './column-options.ts'
import { addFileOptions } from './file-options.ts'
import { list, wholeNumber } from './option-values.ts'
import type { DefineCommand } from '../define-command.ts'
import { migrateDatabase, withDatabase } from '../../composition/database.ts'
import { createProgress } from '../../composition/training/progress.ts'
import { trainIntents } from '../../composition/retrainer.ts'
import { trainIntent, type TrainIntentOptions } from './train-intent.ts'
import { trainTable, type TrainTableOptions } from './train-table.ts'
import type { TrainTextOptions } from '../../composition/training/train-text-options.ts'
import { trainText } from './train-text.ts'
import { VERSION } from '../../composition/version.ts'

interface TrainOptions
  extends
    Omit<TrainTableOptions, 'data'>,
    Omit<TrainTextOptions, 'data' | keyof TrainTableOptions>,
    Omit<TrainIntentOptions, 'data' | keyof TrainTableOptions | keyof TrainTextOptions> {
  readonly data?: string
  readonly algorithm?: string
}

export const defineTrain: DefineCommand = (program, context) => {
  const command = program
    .command('train')
    .description(
      "train a model: on a table, or on the platform's own scores and their outcomes; prints a line of metrics",
    )
    .argument(
      '<what>',
      `text, intent, or a model family for a table (${families.map(({ name }) => name).join(', ')}); without --data, a task that the platform scores`,
    )
  addFileOptions(command)
  addTableOptions(command)
  addTextOptions(command)
  command
    .option(
      '--algorithm <name>',
      'for a task of the platform: logistic, linear, ngram-logistic, gbm, gbm-rate; text for a task that reads texts',
    )
    .option('--out <folder>', 'output folder: model.json, metrics.json, report.html')
    .option('--seed <number>', 'seed of every random choice', wholeNumber(0), 1)
    .action(async (what: string, { data, algorithm, ...options }: TrainOptions) => {
      const here = context()
      if (data === undefined && (options.test !== undefined || options.validation !== undefined))
        throw new Error('--test and --validation need --data: what was served is split by its times.')
      if (options.out !== undefined) requireFolder(options.out)
      if (what === 'intent')
        return data === undefined ? trainServedIntents(here, options.seed) : trainIntent(here, { ...options, data })
      if (what === 'text') {
        if (data === undefined) throw new Error('train text needs --data, a file of JSON lines.')
        return trainText(here, { ...options, data })
      }
      if (data === undefined && Object.keys(options.set).length > 0)
        throw new Error(`--set needs --data: ${what} learns from what was served, with its own settings.`)
      await (data === undefined
        ? trainServed(here, what, algorithm, options)
        : trainTable(here, what, { ...options, data }))
    })
}

/** What is trained on, and how tables are. */
function addTableOptions(command: Command): void {
  addColumnOptions(command, 'columns that were not known at scoring time, or must not be used')
    .option('--data <file>', 'CSV with a header line, or .gz; default: the served rows in the database')
    .option('--target <column>', 'the column to predict')
    .option('--positive <value>', 'the value of the positive class')
    .option('--task <task>', 'classify or regress; default: classify two values, regress numbers')
    .option('--test <file>', 'rows to measure on, written as those of --data; nothing is learned from them')
    .option(
      '--validation <file>',
      'rows to stop and choose by, written as those of --data; by default the newest of the training rows',
    )
    .option('--time <column>', 'time of a row; the newest fifth becomes the test set')
    .option('--ordered', 'the rows are in time order, without a time column', false)
    .option(
      '--customer <column>',
      'group of a row; splits and bootstrap intervals keep the rows of a customer together',
    )
    .option('--categorical <columns>', 'the same as --categories', list, [])
    .option('--groups <columns>', 'protected attributes for the fairness report', list, [])
    .option('--select <ways>', `select features by ${selectionNames.join(', ')}, one after the other`, list, [])
    .option('--cv <parts>', 'cross-validate the hyperparameters over this many folds', wholeNumber(2))
    .option(
      '--compare',
      'try every family on the newest training rows, and keep the best by log loss or root mean squared error',
      false,
    )
    .option('--calibrate <way>', 'calibrate probabilities: platt, isotonic or none', 'none')
    .option('--set <name=value>', 'a hyperparameter of the algorithm, as JSON; repeatable', setting, {})
}

function addTextOptions(command: Command): void {
  command
    .option('--text <field>', 'of JSON lines: the field with the text; train text, train intent')
    .option('--group <field>', 'rows with the same value form one case, joined in time order; train text')
    .option(
      '--label-separator <text>',
      'the target names any number of labels, with this between them; lists of JSON lines need none; train text',
    )
    .option('--context <field>', 'of JSON lines: an object or a list with the preceding context; train intent')
    .option(
      '--strategy <name>',
      'how to truncate a long case: newest, head-tail or visit-wise; --compare tries all; train text',
    )
    .option('--tune <what>', 'layers to train: head (frozen backbone), last (its last layer too) or all; train text')
    .option('--resume', 'resume an interrupted fine-tuning from the checkpoint in --out; train text', false)
    .option('--terms', 'always add word and character n-grams to the backbone, even without a gain; train text')
    .option('--no-terms', 'use the backbone alone; train text, train intent')
    .option('--class-weights <how>', 'none or balanced; train text')
    .option('--backbone <folder>', 'the backbone, if not the configured one; train text')
    .option('--precision <precision>', 'int8 or float32; train text')
}

function metricsInWords(metrics: Readonly<Record<string, number>>): string {
  return Object.entries(metrics)
    .map(([name, value]) => `${name} ${value.toFixed(4)}`)
    .join(', ')
}

function setting(text: string, before: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const [name, value] = [text.slice(0, Math.max(0, text.indexOf('='))).trim(), text.slice(text.indexOf('=') + 1)]
  if (name === '') throw new Error(`--set ${text} must be a name and a value, as in --set depthMax=4.`)
  try {
    return { ...before, [name]: JSON.parse(value) as unknown }
  } catch {
    return { ...before, [name]: value }
  }
}

async function trainServedIntents(context: CommandContext, seed: number): Promise<void> {
  await migrateDatabase(context)
  const result = await withDatabase(context, 'train', (database) => trainIntents(context, database, seed))
  if (result.kind === 'too-few')
    throw new Error(`intent can't be trained yet: ${result.turns} turns have a label, ${result.needed} are needed.`)
  context.log('info', `${result.promote ? 'Promoted' : 'Not promoted'}: ${result.reason}`)
  context.print(JSON.stringify({ task: 'intent', ...result }))
}

async function trainServed(
  context: CommandContext,
  name: string,
  algorithm: string | undefined,
  { compare, calibrate, seed }: Pick<TrainOptions, 'compare' | 'calibrate' | 'seed'>,
): Promise<void> {
  const task = learnableTaskNamed(name)
  await migrateDatabase(context)
  const result = await withDatabase(context, 'train', async (database) => {
    const progress = createProgress(`Training ${name}`, 1, context.log)
    try {
      return await trainTask(task, {
        database,
        codeVersion: VERSION,
        useProtected: context.config.USE_PROTECTED_ATTRIBUTES,
        backbone: backboneOf(context.config),
        seed,
        compare,
        calibrate: calibrationNamed(calibrate),
        ...(algorithm === undefined ? {} : { algorithm }),
        progress: (done, of, loss) => progress.update(done / of, loss),
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
  if (compare)
    for (const one of result.candidates)
      context.log(
        'info',
        `${one.algorithm}${one.modelId === result.modelId ? ' (the best)' : ''}: ${metricsInWords(one.metrics)}`,
      )
  context.log('info', `${result.promote ? 'Promoted' : 'Not promoted'}: ${result.reason}`)
  context.print(JSON.stringify({ task: name, bytes: artefact.length, ...shown, scored: undefined }))
}
