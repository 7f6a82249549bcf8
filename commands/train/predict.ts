import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { decodeArtefact } from '../../models/artefact.ts'
import { TableError, type Table } from '../../models/table/table.ts'
import { readModelBytes, readModelFolder } from '../../retrainer/training/model-folder.ts'
import { readTable } from '../../retrainer/training/tables/read-table.ts'
import { rowsForModel, scoreRows } from '../../retrainer/training/tables/score-table.ts'
import { strangeWords } from '../../retrainer/training/tables/table-data.ts'
import type { DefineCommand } from '../define-command.ts'
import { predictIntent } from '../../composition/training/predict-intent.ts'
import { predictText, type PredictTextOptions } from '../../composition/training/predict-text.ts'
import { readsCases } from '../../composition/training/with-text-scorer.ts'

const PREDICTION = 'prediction'

interface PredictOptions extends PredictTextOptions {
  readonly model: string
}

export const definePredict: DefineCommand = (program, context) => {
  program
    .command('predict')
    .description('score the rows of a table with a trained model: writes the table with a column of predictions')
    .requiredOption('--model <folder>', 'as written by train --out')
    .requiredOption(
      '--data <file>',
      'CSV with the columns that the model was trained on, in any order, or JSON lines for a model of texts; .gz too',
    )
    .requiredOption('--out <file>', 'CSV to write')
    .option('--backbone <folder>', 'for text models: the backbone, if not the configured one')
    .option('--precision <precision>', 'for text models: int8 or float32, as in training')
    .action(async ({ model: folder, data, out, ...others }: PredictOptions) => {
      const here = context()
      const { log } = here
      const stored = decodeArtefact(readModelBytes(folder).bytes)
      if (readsCases(stored)) return predictText(here, folder, stored, { data, out, ...others })
      if (stored.algorithm === 'intent') return predictIntent(here, stored, { data, out })
      const { model, artefact } = readModelFolder(folder)
      const table = await readTable(data)
      if (table.columns.some(({ name }) => name === PREDICTION))
        throw new TableError(`${data} already has a column ${PREDICTION}.`)
      const { strange, ...batch } = rowsForModel(table, artefact)
      for (const one of strange) log('warn', strangeWords(table, one))
      const predictions = await scoreRows(model, batch)
      await pipeline(Readable.from(linesOf(table, predictions)), createWriteStream(out))
      log('info', `${table.count} predictions of model ${model.id.slice(0, 12)} are in ${out}.`)
    })
}

/** The table's cells unchanged, and a prediction with enough digits to round-trip. */
function* linesOf({ columns, count }: Table, predictions: Float64Array): Generator<string> {
  yield `${[...columns.map(({ name }) => quoted(name)), PREDICTION].join(',')}\n`
  for (let row = 0; row < count; row++)
    yield `${[...columns.map(({ cells, codes }) => quoted(cells[codes[row]!]!)), predictions[row]].join(',')}\n`
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
