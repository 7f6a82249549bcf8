import { readFileSync } from 'node:fs'
import { writePredictions } from '../../../composition/training/write-predictions.ts'
import { fileOf } from '../../files/scratch.ts'

test('rows with a field named like a prediction keep it, and the other name is reported', async () => {
  const said: string[] = []
  const out = fileOf('', 'out.jsonl')
  await writePredictions({ log: (_, message) => said.push(message) }, out, 'csv', {
    names: ['prediction', 'prediction_2'],
    rows: [['a', 'b']],
    added: ['prediction', 'label'],
    predictionsOf: () => [0.5, 'x'],
  })
  expect(readFileSync(out, 'utf8')).toBe('{"prediction":"a","prediction_2":"b","prediction_3":0.5,"label":"x"}\n')
  expect(said).toEqual(['The rows have a field prediction already: what is predicted is in prediction_3.'])
})
