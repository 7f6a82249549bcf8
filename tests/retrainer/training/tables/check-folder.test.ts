import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { random } from '../../../../models/random.ts'
import { familyNamed } from '../../../../retrainer/training/tables/families.ts'
import { checkFolder } from '../../../../retrainer/training/tables/check-folder.ts'
import { trainOnTable, type TableTraining } from '../../../../retrainer/training/tables/train-on-table.ts'
import { writeModelFolder } from '../../../../retrainer/training/model-folder.ts'
import { tableOf } from '../../../models/table/tables.ts'

const next = random(5)
const rows = Array.from({ length: 400 }, () => {
  const x = next()
  return [x.toFixed(4), next() < x ? 'a' : 'b', next() < x ? '1' : '0']
})
const table = tableOf(['x', 'segment', 'y'], ...rows)
const options = { target: 'y', ordered: true, drop: [], asCategories: [], select: [], groups: [], seed: 1 }

const trained = (name: string) =>
  trainOnTable(table, { ...options, families: [familyNamed(name)], settings: {}, calibrate: 'platt' })

function written({ artefact }: TableTraining): string {
  const folder = mkdtempSync(join(tmpdir(), 'check-'))
  writeModelFolder(folder, { artefact, metrics: {}, madeBy: 'test' })
  return folder
}

test.each(['gbm', 'linear'])('a folder of %s scores the test rows as the model that was trained', async (name) => {
  const training = await trained(name)
  await expect(checkFolder(written(training), table, training)).resolves.toBeUndefined()
})

test('a folder that scores differently is refused, and can not be used', async () => {
  const training = await trained('gbm')
  const other = Float64Array.from(training.finalTestScores, (score) => score + 0.01)
  const folder = written(training)
  await expect(checkFolder(folder, table, { ...training, finalTestScores: other })).rejects.toThrow(
    'is not the one that was measured: it gives row',
  )
  expect(existsSync(join(folder, 'manifest.json'))).toBe(false)
})

test('a model that is clearly worse on rows that it has seen is refused', async () => {
  const [training, { prepared }] = [await trained('linear'), await trained('gbm')]
  const perfect = Float64Array.from(prepared.split.test, (place) => (prepared.data.labels[place] === 1 ? 0.99 : 0.01))
  await expect(checkFolder(written(training), table, { ...training, testScores: perfect })).rejects.toThrow(
    'has a mean loss of',
  )
})
