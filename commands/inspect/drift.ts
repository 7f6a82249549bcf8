import { writeFileSync } from 'node:fs'
import { InvalidArgumentError, Option } from 'commander'
import { familyNamed } from '../../retrainer/training/tables/families.ts'
import { readTable } from '../../retrainer/training/tables/read-table.ts'
import { csvOptionsOf, type FileOptions } from '../../composition/training/file-options.ts'
import { createProgress } from '../../composition/training/progress.ts'
import { driftPage, placeText } from '../../composition/drift/drift-page.ts'
import { findDrift, type DriftOptions } from '../../composition/drift/find-drift.ts'
import type { DefineCommand } from '../define-command.ts'
import { addColumnOptions, type ColumnOptions } from '../train/column-options.ts'
import { addFileOptions } from '../train/file-options.ts'
import { wholeNumber } from '../train/option-values.ts'

interface DriftCommandOptions
  extends
    FileOptions,
    ColumnOptions,
    Omit<DriftOptions, 'family' | 'asCategories' | 'asNumbers' | 'kind' | keyof ColumnOptions> {
  readonly data: string
  readonly task?: 'classify' | 'regress'
  readonly algorithm: string
  readonly json?: string
  readonly out?: string
}

export const defineDrift: DefineCommand = (command, context) => {
  addColumnOptions(addFileOptions(command), 'columns not to watch')
    .requiredOption('--data <file>', 'CSV, TSV or JSON lines; may be gzipped (.gz)')
    .option('--time <column>', 'column with the time of a row; by default the rows are in time order')
    .option('--target <column>', 'also watch the labels in this column, and a frozen model of them')
    .option('--positive <value>', 'the value of the positive class')
    .addOption(
      new Option('--task <task>', 'kind of the target; default: by its values').choices(['classify', 'regress']),
    )
    .option(
      '--window <rows>',
      'window of rows that are compared, moved in ten steps; default: a twentieth of the rows, from 100 to 1000',
      wholeNumber(20),
    )
    .option('--customer <column>', 'column with the group of a row: rows of the same group and day are not independent')
    .option('--algorithm <family>', 'model of the target: gbm, deep or linear', 'gbm')
    .option('--false-alarms <share>', 'share of streams without drift that may raise an alarm', share, 0.01)
    .option('--seed <number>', 'seed of every random choice', wholeNumber(0), 1)
    .option('--json <file>', 'write the alarms to this file')
    .option('--out <file>', 'write an HTML report to this file')
    .action(async ({ data, json, out, algorithm, categories, numeric, task, ...options }: DriftCommandOptions) => {
      const here = context()
      const family = familyNamed(algorithm)
      const table = await readTable(data, csvOptionsOf(here, options))
      const progress = createProgress(`Watching ${data}`, 1, here.log)
      const findings = await findDrift(table, {
        ...options,
        ...(task === undefined ? {} : { kind: task === 'classify' ? 'classification' : 'regression' }),
        asCategories: categories,
        asNumbers: numeric,
        family,
        progress: (done, of) => progress.update(done / of),
      }).finally(() => progress.stop())
      for (const note of findings.notes) here.log('warn', note)
      for (const alarm of findings.alarms)
        here.log(
          'info',
          `${placeText(alarm)}: ${alarm.feature} (${alarm.kind}, since ${placeText(alarm.onset)}): ${alarm.before} → ${alarm.after}`,
        )
      const line = JSON.stringify({ data, ...findings })
      if (json !== undefined) writeFileSync(json, `${line}\n`)
      if (out !== undefined) writeFileSync(out, driftPage(data, findings))
      here.log(
        'info',
        `${findings.alarms.length} alarms for ${findings.drifts.length} drifts in ${findings.rows} rows.`,
      )
      here.print(line)
    })
}

function share(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && value > 0 && value < 1) return value
  throw new InvalidArgumentError('It must be a share between 0 and 1, such as 0.01.')
}
