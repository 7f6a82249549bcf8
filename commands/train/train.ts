import type { Command } from 'commander'
import { selectionNames } from '../../models/selection/selection.ts'
import { families } from '../../retrainer/training/tables/families.ts'
import { requireFolder } from '../../retrainer/training/model-folder.ts'
import type { CommandContext } from '../../composition/context.ts'
import { addColumnOptions } from './column-options.ts'
import { addFileOptions } from './file-options.ts'
import { list, wholeNumber } from './option-values.ts'
import type { DefineCommand } from '../define-command.ts'
import type { TrainIntentOptions } from './train-intent.ts'
import type { TrainTableOptions } from './train-table.ts'
import type { TrainTextOptions } from '../../composition/training/train-text-options.ts'

interface TrainOptions
  extends
    Omit<TrainTableOptions, 'data'>,
    Omit<TrainTextOptions, 'data' | keyof TrainTableOptions>,
    Omit<TrainIntentOptions, 'data' | keyof TrainTableOptions | keyof TrainTextOptions> {
  readonly data?: string
  readonly algorithm?: string
}

export const defineTrain: DefineCommand = (command, context) => {
  command.argument(
    '<what>',
    `text, intent, or a model family for a table (${families.map(({ name }) => name).join(', ')}); without --data, a task of the platform`,
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
    .action(async (what: string, options: TrainOptions) => {
      const { data, test, validation, out, set } = options
      if (data === undefined && (test !== undefined || validation !== undefined))
        throw new Error('--test and --validation need --data: served rows are split by time.')
      if (out !== undefined) requireFolder(out)
      if (what === 'text' && data === undefined) throw new Error('train text needs --data, a file of JSON lines.')
      if (what !== 'intent' && data === undefined && Object.keys(set).length > 0)
        throw new Error(`--set needs --data: ${what} trains on served rows with its own settings.`)
      await (data === undefined
        ? trainOnServed(context(), what, options)
        : trainOnFile(context(), what, { ...options, data }))
    })
}

// Imported lazily, so that each kind of training loads only its own code.
async function trainOnServed(context: CommandContext, what: string, options: TrainOptions): Promise<void> {
  const { trainServed, trainServedIntents } = await import('./train-served.ts')
  await (what === 'intent' ? trainServedIntents(context, options.seed) : trainServed(context, what, options))
}

async function trainOnFile(
  context: CommandContext,
  what: string,
  options: TrainOptions & { readonly data: string },
): Promise<void> {
  if (what === 'intent') return (await import('./train-intent.ts')).trainIntent(context, options)
  if (what === 'text') return (await import('./train-text.ts')).trainText(context, options)
  await (await import('./train-table.ts')).trainTable(context, what, options)
}

/** Adds the options for the data and for training on tables. */
function addTableOptions(command: Command): void {
  addColumnOptions(command, 'columns that are not known at scoring time, or must not be used')
    .option('--data <file>', 'CSV with a header line; may be gzipped (.gz); default: the served rows in the database')
    .option('--target <column>', 'the column to predict')
    .option('--positive <value>', 'the value of the positive class')
    .option('--task <task>', 'classify or regress; default: classify two values, regress numbers')
    .option('--test <file>', 'file with test rows, in the format of --data; they are not used for training')
    .option(
      '--validation <file>',
      'file with rows for early stopping and model selection, in the format of --data; default: the newest training rows',
    )
    .option('--time <column>', 'column with the time of a row; the newest fifth becomes the test set')
    .option('--ordered', 'the rows are in time order although they have no time column', false)
    .option(
      '--customer <column>',
      'column with the customer of a row; splits and bootstrap intervals keep the rows of a customer together',
    )
    .option('--categorical <columns>', 'the same as --categories', list, [])
    .option('--groups <columns>', 'protected attributes for the fairness report', list, [])
    .option('--select <ways>', `select features by ${selectionNames.join(', ')}, one after the other`, list, [])
    .option('--cv <parts>', 'cross-validate the hyperparameters over this many folds', wholeNumber(2))
    .option(
      '--compare',
      'try every family on the newest training rows, and keep the one with the lowest log loss or root mean squared error',
      false,
    )
    .option('--calibrate <way>', 'calibrate probabilities: platt, isotonic or none', 'none')
    .option('--set <name=value>', 'a hyperparameter of the algorithm, as JSON; repeatable', setting, {})
}

function addTextOptions(command: Command): void {
  command
    .option('--text <field>', 'field of the JSON lines with the text; train text, train intent')
    .option('--group <field>', 'rows with the same value form one case, joined in time order; train text')
    .option(
      '--label-separator <text>',
      'separator between the labels in the target, if a case can have several; not needed for JSON lists; train text',
    )
    .option(
      '--context <field>',
      'field of the JSON lines with the preceding context, an object or a list; train intent',
    )
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

function setting(text: string, before: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const [name, value] = [text.slice(0, Math.max(0, text.indexOf('='))).trim(), text.slice(text.indexOf('=') + 1)]
  if (name === '') throw new Error(`--set ${text} must be a name and a value, such as --set depthMax=4.`)
  try {
    return { ...before, [name]: JSON.parse(value) as unknown }
  } catch {
    return { ...before, [name]: value }
  }
}
