import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeArtefact } from '../../../models/artefact.ts'
import { logistic } from '../../../models/linear/logistic.ts'
import { readModelFolder, writeModelFolder } from '../../../retrainer/training/model-folder.ts'
import { syntheticData } from '../../models/synthetic-data.ts'

const root = mkdtempSync(join(tmpdir(), 'model-'))
afterAll(() => rmSync(root, { recursive: true }))
const data = syntheticData(100, 'classification')
const artefact = encodeArtefact({
  task: 'classification',
  algorithm: 'logistic',
  featureSet: 'table@1',
  featureNames: data.featureNames,
  parameters: logistic.train(data, 1),
})

function written(name: string): string {
  const folder = join(root, name)
  writeModelFolder(folder, { artefact, metrics: { auc: 0.7 }, report: '<p>', madeBy: '1.2.3' })
  return folder
}

test('a model is read back as it was written', () => {
  const folder = join(root, 'whole')
  const id = writeModelFolder(folder, { artefact, metrics: { auc: 0.7 }, report: '<p>', madeBy: '1.2.3' })
  expect(readModelFolder(folder).model).toMatchObject({ id, algorithm: 'logistic', featureNames: data.featureNames })
  expect(JSON.parse(readFileSync(join(folder, 'metrics.json'), 'utf8'))).toEqual({ auc: 0.7 })
})

test('the facts about a model stay with it', () => {
  const folder = join(root, 'warned')
  writeModelFolder(folder, { artefact, metrics: {}, madeBy: '1.2.3', warnings: ['Worse than nothing.'] })
  expect(readModelFolder(folder).warnings).toEqual(['Worse than nothing.'])
  expect(readModelFolder(written('unwarned')).warnings).toEqual([])
})

test('a changed byte is found by the checksum', () => {
  const folder = written('changed')
  const bytes = readFileSync(join(folder, 'model.json'))
  bytes[bytes.length - 5]! ^= 1
  writeFileSync(join(folder, 'model.json'), bytes)
  expect(() => readModelFolder(folder)).toThrow('model.json was changed or damaged: its SHA-256 is')
})

test('another format, an invalid manifest and an invalid folder are named', () => {
  const folder = written('other')
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ format: 9, id: 'x', madeBy: '9.0.0' }))
  expect(() => readModelFolder(folder)).toThrow('has format 9, written by scoreline 9.0.0; this version reads format 1')
  writeFileSync(join(folder, 'manifest.json'), '{')
  expect(() => readModelFolder(folder)).toThrow('manifest.json is not JSON')
  expect(() => readModelFolder(join(root, 'none'))).toThrow("manifest.json can't be read (ENOENT)")
})
