import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { modelFrom } from '../models/artefact.ts'
import { numbersOf, readCsv } from '../retrainer/csv-data.ts'
import type { DefineCommand } from './context.ts'

export const definePredict: DefineCommand = (program, context) => {
  program
    .command('predict')
    .description('score the rows of a table with a model that was trained on one; one JSON object a row, with what the row said')
    .requiredOption('--model <folder>', 'as written by train --out')
    .requiredOption('--data <file>', 'CSV with the columns that the model was trained on')
    .action(async ({ model: folder, data }: { model: string; data: string }) => {
      const { print } = context()
      const artefact = readFileSync(join(folder, 'model.json'))
      const model = modelFrom(artefact, createHash('sha256').update(artefact).digest('hex'))
      const rows = await readCsv(data)
      const predictions = new Float64Array(rows.length)
      const width = model.featureNames.length
      await model.score(
        { count: rows.length, width, rows: numbersOf(rows, model.featureNames), texts: rows.map(() => null) },
        predictions,
      )
      for (const [index, row] of rows.entries())
        print(JSON.stringify({ ...row, prediction: predictions[index], model: model.id }))
    })
}
