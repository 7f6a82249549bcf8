import { decodeArtefact } from '../../models/artefact.ts'
import { predictedClasses } from '../../models/text/text-metrics.ts'
import type { Table } from '../../models/table/table.ts'
import { outOfRangeNote } from '../../models/table/training-ranges.ts'
import { readModelBytes, readModelFolder } from '../../retrainer/training/model-folder.ts'
import { readTable } from '../../retrainer/training/tables/read-table.ts'
import { rowsForModel, scoreRows } from '../../retrainer/training/tables/score-table.ts'
import { unexpectedCellsNote } from '../../retrainer/training/tables/table-data.ts'
import { addFileOptions } from './file-options.ts'
import type { DefineCommand } from '../define-command.ts'
import { csvOptionsOf } from '../../composition/training/file-options.ts'
import { predictIntent } from '../../composition/training/predict-intent.ts'
import { predictText, type PredictTextOptions } from '../../composition/training/predict-text.ts'
import { writePredictions } from '../../composition/training/write-predictions.ts'
import { readsCases } from '../../composition/training/with-text-scorer.ts'

interface PredictOptions extends PredictTextOptions {
  readonly model: string
}

export const definePredict: DefineCommand = (command, context) => {
  addFileOptions(command)
    .requiredOption('--model <folder>', 'model folder, as written by train --out')
    .requiredOption(
      '--data <file>',
      'CSV, TSV or JSON lines with the columns or fields that the model was trained on, in any order; may be gzipped (.gz)',
    )
    .requiredOption('--out <file>', 'output file: CSV, TSV or JSON lines by its extension; gzipped if it ends in .gz')
    .option('--backbone <folder>', 'for text models: the backbone, if not the configured one')
    .option('--precision <precision>', 'for text models: int8 or float32, as in training')
    .action(async ({ model: folder, data, out, ...others }: PredictOptions) => {
      const here = context()
      const { log } = here
      const stored = decodeArtefact(readModelBytes(folder).bytes)
      if (readsCases(stored)) return predictText(here, folder, stored, { data, out, ...others })
      if (stored.algorithm === 'intent') return predictIntent(here, stored, { data, out, ...others })
      const { model, artefact, warnings } = readModelFolder(folder)
      for (const warning of warnings) log('warn', warning)
      const table = await readTable(data, csvOptionsOf(here, others))
      const { unexpected, outOfRange, ...batch } = rowsForModel(table, artefact)
      for (const one of unexpected) log('warn', unexpectedCellsNote(table, one))
      const outside = outOfRangeNote(artefact.table!, table, outOfRange)
      if (outside !== undefined) log('warn', outside)
      const predictions = await scoreRows(model, batch)
      const { added, predictionsOf } = predictedColumns(model.outputs, predictions)
      await writePredictions(here, out, 'csv', {
        names: table.columns.map(({ name, written }) => written ?? name),
        rows: rowsOf(table),
        added,
        predictionsOf,
      })
      log('info', `${table.count} predictions of model ${model.id.slice(0, 12)} are in ${out}.`)
    })
}

/** Returns the added columns: the score or, with several classes, the most probable class and all probabilities. */
function predictedColumns(outputs: readonly string[], scores: Float64Array) {
  if (outputs.length === 1) return { added: ['prediction'], predictionsOf: (row: number) => [scores[row]] }
  const answers = predictedClasses(scores, outputs.length)
  return {
    added: ['prediction', 'label', ...outputs.map((name) => `probability ${name}`)],
    predictionsOf(row: number) {
      const own = scores.subarray(row * outputs.length, (row + 1) * outputs.length)
      return [own[answers[row]!], outputs[answers[row]!], ...own]
    },
  }
}

/** Yields the rows with their cells unchanged. */
function* rowsOf({ columns, count }: Table): Generator<readonly string[]> {
  for (let row = 0; row < count; row++) yield columns.map(({ cells, codes }) => cells[codes[row]!]!)
}
