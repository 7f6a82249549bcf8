import { readModelFolder } from '../retrainer/model-folder.ts'
import { readTable } from '../retrainer/read-table.ts'
import { explainRow, reasonInWords, rowsForModel, scoreRows } from '../retrainer/score-table.ts'
import type { DefineCommand } from './context.ts'

/** So many reasons are given in words. */
const REASONS = 5

export const defineExplain: DefineCommand = (program, context) => {
  program
    .command('explain')
    .description('what each feature of a row contributed to its score, as one JSON object')
    .requiredOption('--model <folder>', 'as written by train --out')
    .requiredOption('--data <file>', 'CSV with the columns that the model was trained on; .gz too')
    .requiredOption('--row <number>', 'which row below the header, from 1', Number)
    .action(async ({ model: folder, data, row }: { model: string; data: string; row: number }) => {
      const { print } = context()
      const { model, artefact } = readModelFolder(folder)
      const batch = rowsForModel(await readTable(data), artefact)
      const { count, width, rows } = batch
      if (!Number.isInteger(row) || row < 1 || row > count) throw new Error(`--row ${row} must be from 1 to ${count}.`)
      const one = rows.subarray((row - 1) * width, row * width)
      const { base, contributions } = explainRow(model, artefact, one)
      const [prediction] = await scoreRows(model, { count: 1, width, rows: one, texts: [] })
      print(
        JSON.stringify({
          row,
          prediction,
          model: model.id,
          base,
          margin: contributions.reduce((sum, { contribution }) => sum + contribution, base),
          reasons: contributions
            .filter(({ contribution }) => contribution !== 0)
            .slice(0, REASONS)
            .map(reasonInWords),
          contributions,
        }),
      )
    })
}
