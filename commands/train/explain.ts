import { predictedClasses } from '../../models/text/text-metrics.ts'
import { decodeArtefact } from '../../models/artefact.ts'
import { readModelBytes, readModelFolder } from '../../retrainer/training/model-folder.ts'
import { readTable } from '../../retrainer/training/tables/read-table.ts'
import {
  explainRow,
  describeContribution,
  rowsForModel,
  scoreRows,
} from '../../retrainer/training/tables/score-table.ts'
import { addFileOptions } from './file-options.ts'
import { unexpectedCellsNote } from '../../retrainer/training/tables/table-data.ts'
import type { DefineCommand } from '../define-command.ts'
import { csvOptionsOf } from '../../composition/training/file-options.ts'
import { explainText, type ExplainTextOptions } from '../../composition/training/explain-text.ts'
import { readsCases } from '../../composition/training/with-text-scorer.ts'

/** Reasons that are given in words. */
const REASONS = 5

export const defineExplain: DefineCommand = (command, context) => {
  addFileOptions(command)
    .requiredOption('--model <folder>', 'model folder, as written by train --out')
    .requiredOption(
      '--data <file>',
      'CSV with the columns that the model was trained on, or JSON lines for a text model; may be gzipped',
    )
    .requiredOption('--row <number>', 'row number, counted from 1 after the header', Number)
    .option('--backbone <folder>', 'for text models: the backbone, if not the configured one')
    .option('--precision <precision>', 'for text models: int8 or float32, as in training')
    .action(async ({ model: folder, data, row, ...others }: ExplainTextOptions & { readonly model: string }) => {
      const here = context()
      const { print } = here
      const stored = decodeArtefact(readModelBytes(folder).bytes)
      if (readsCases(stored)) return explainText(here, folder, stored, { data, row, ...others })
      const { model, artefact } = readModelFolder(folder)
      const table = await readTable(data, csvOptionsOf(here, others))
      const { unexpected, ...batch } = rowsForModel(table, artefact)
      for (const one of unexpected) here.log('warn', unexpectedCellsNote(table, one))
      const { count, width, rows } = batch
      if (!Number.isInteger(row) || row < 1 || row > count)
        throw new Error(`--row ${row} must be a row number from 1 to ${count}.`)
      const one = rows.subarray((row - 1) * width, row * width)
      const scores = await scoreRows(model, { count: 1, width, rows: one, texts: [] })
      const answer = predictedClasses(scores, model.outputs.length)[0]!
      const prediction = scores[answer]
      const { base, contributions } = explainRow(model, artefact, one, answer)
      print(
        JSON.stringify({
          row,
          prediction,
          ...(model.outputs.length === 1 ? {} : { label: model.outputs[answer] }),
          model: model.id,
          base,
          margin: contributions.reduce((sum, { contribution }) => sum + contribution, base),
          reasons: contributions
            .filter(({ contribution }) => contribution !== 0)
            .slice(0, REASONS)
            .map(describeContribution),
          contributions,
        }),
      )
    })
}
