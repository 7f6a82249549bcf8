import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { belowBaseline } from '../../../../models/evaluation/below-baseline.ts'
import { random } from '../../../../models/random.ts'
import { joinTables } from '../../../../models/table/join-tables.ts'
import { readModelFolder, writeModelFolder } from '../../../../retrainer/training/model-folder.ts'
import { checkClassesFolder } from '../../../../retrainer/training/tables/check-folder.ts'
import { families, familyNamed } from '../../../../retrainer/training/tables/families.ts'
import { rowsForModel, scoreRows } from '../../../../retrainer/training/tables/score-table.ts'
import { classesReport } from '../../../../retrainer/training/tables/table-report.ts'
import { tableData } from '../../../../retrainer/training/tables/table-data.ts'
import { trainOnClasses } from '../../../../retrainer/training/tables/train-on-classes.ts'
import type { TableTrainingOptions } from '../../../../retrainer/training/tables/train-on-table.ts'
import { tableOf } from '../../../models/table/tables.ts'

/** The product that a customer takes depends on income and region. */
function products(count: number, seed: number) {
  const next = random(seed)
  const rows = Array.from({ length: count }, () => {
    const income = Math.round(1000 * next())
    const region = ['north', 'south'][Math.floor(next() * 2)]!
    const wanted = income < 300 ? 'card' : region === 'north' ? 'loan' : 'fund'
    return [String(income), region, next() < 0.9 ? wanted : ['card', 'loan', 'fund'][Math.floor(next() * 3)]!]
  })
  return tableOf(['income', 'region', 'product'], ...rows)
}

const options: TableTrainingOptions = {
  target: 'product',
  ordered: true,
  drop: [],
  asCategories: [],
  select: [],
  groups: [],
  families: [familyNamed('gbm')],
  settings: { gbm: { trees: 40, learningRate: 0.2 }, deep: { epochs: 4, hidden: [16] } },
  seed: 1,
}
const table = products(600, 1)
const trained = (more: Partial<TableTrainingOptions> = {}, of = table) =>
  trainOnClasses(of, tableData(of, { ...options, ...more }), { ...options, ...more })

function written({ artefact }: Awaited<ReturnType<typeof trained>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'classes-'))
  writeModelFolder(folder, { artefact, metrics: {}, madeBy: 'test' })
  return folder
}

test('the best family is chosen, its folder scores as it did, and returns a probability for each class', async () => {
  const training = await trained({ families })
  expect(training.classes).toEqual(['card', 'fund', 'loan'])
  expect(training.tried.map(({ family }) => family)).toEqual(['gbm', 'deep', 'linear'])
  const value = (name: string) => training.evaluation.metrics.find((one) => one.name === name)!
  expect(value('accuracy').value).toBeGreaterThan(0.85)
  expect(value('logLoss').value).toBeLessThan(0.6 * value('logLoss').baseline!)
  const folder = written(training)
  await checkClassesFolder(folder, table, training)
  const { model, artefact } = readModelFolder(folder)
  const scores = await scoreRows(model, rowsForModel(products(5, 3), artefact))
  expect(scores).toHaveLength(15)
  expect(model.outputs).toEqual(training.classes)
  const html = classesReport(training, 'product')
  for (const words of ['Class by class', 'Macro F1', 'income', 'Compared with others']) expect(html).toContain(words)
})

test('a folder that scores differently is refused, and can not be used', async () => {
  const training = await trained()
  const folder = written(training)
  const finalProbabilities = training.finalProbabilities.map((one) => one * 0.99)
  await expect(checkClassesFolder(folder, table, { ...training, finalProbabilities })).rejects.toThrow(
    'is not the one that was measured: it gives row',
  )
  expect(existsSync(join(folder, 'manifest.json'))).toBe(false)
})

test.each([
  [{ calibrate: 'isotonic' }, '--calibrate isotonic'],
  [{ select: ['chi2'] }, '--select'],
  [{ groups: ['region'] }, '--groups'],
] as const)('what needs a positive class is refused: %j', async (more, option) => {
  await expect(trained(more)).rejects.toThrow(`${option} can't be used with several classes`)
})

test.each([
  ['gbm', { depthMax: 3 }, ['learningRate', 'trees']],
  ['deep', { hidden: [16], learningRate: 0.02, epochs: 6 }, ['hidden']],
  ['linear', {}, ['lambda']],
] as const)(
  '--cv finds settings of %s, and says what they are worth over parts of the training rows',
  async (name, settings, found) => {
    const training = await trained({
      families: [familyNamed(name)],
      settings: { [name]: settings },
      crossValidation: 2,
    })
    const { parts, rows, metrics } = training.crossValidated!
    // The table is in order of time: each scored row comes after all rows that were trained on.
    expect([parts, rows]).toEqual([2, 288])
    const { accuracy, macroF1, logLoss } = metrics
    const tested = (of: string) => training.evaluation.metrics.find((one) => one.name === of)!.value
    expect(Math.abs(accuracy.estimate - tested('accuracy'))).toBeLessThan(0.15)
    expect(Math.abs(logLoss.estimate - tested('logLoss'))).toBeLessThan(0.3)
    expect(macroF1.lower).toBeLessThan(macroF1.estimate)
    expect(familyNamed(name).refitSettings(training.measured, 1)).toEqual(
      expect.objectContaining(Object.fromEntries(found.map((one) => [one, expect.anything() as unknown]))),
    )
    expect(classesReport(training, 'product')).toContain('Cross-validated over 2 parts, on 288 training rows: accuracy')
  },
)

test('folds of too few rows are refused', async () => {
  await expect(trained({ crossValidation: 61 })).rejects.toThrow(
    '--cv 61 leaves fewer than 8 of the 480 training rows a part',
  )
})

test('rows of a validation file are stopped by, and are no test; a test file is measured on alone', async () => {
  const all = joinTables(joinTables(table, products(100, 5)), products(80, 6))
  const { data, split } = tableData(all, { ...options, validationRows: 100, testRows: 80 })
  expect(data.validationMask!.reduce((sum, one) => sum + one, 0)).toBe(100)
  expect([...split.test]).toEqual(Array.from({ length: 80 }, (_, at) => 700 + at))
  const without = tableData(joinTables(table, products(100, 5)), { ...options, validationRows: 100 })
  expect(without.split.test.every((place) => without.data.validationMask![place] === 0)).toBe(true)
  expect(without.split.test.length).toBe(120)
  const training = await trained({ validationRows: 100, testRows: 80 }, all)
  expect(training.isRefitted).toBe(false)
  expect(training.testLabels).toHaveLength(80)
})

test('rows beyond the training ranges are counted when the folder is used', async () => {
  const { artefact } = readModelFolder(written(await trained()))
  const fresh = tableOf(['income', 'region', 'product'], ['5000', 'north', ''], ['500', 'south', ''])
  expect(rowsForModel(fresh, artefact).outOfRange).toMatchObject({ rows: 1, columns: [{ column: 'income', above: 1 }] })
})

test('a model that is worse than the class shares is reported', async () => {
  const next = random(8)
  // The relation in the older rows is inverted in the newest.
  const rows = Array.from({ length: 300 }, (_, row) => {
    const x = next()
    return [String(x), ['a', 'b', 'c'][row < 240 ? Math.floor(3 * x) : 2 - Math.floor(3 * x)]!]
  })
  const training = await trained(
    { target: 'product', families: [familyNamed('linear')] },
    tableOf(['x', 'product'], ...rows),
  )
  expect(belowBaseline(training.evaluation)).toContain('it is worse than the baseline')
  expect(classesReport(training, 'product')).toContain('The model should not be used as it is')
})

test('probabilities of a model that is too sure are calibrated, in the folder too; others are left alone', async () => {
  const noisy = products(400, 8)
  const sure = { gbm: { trees: 80, learningRate: 0.6, leafRowsMin: 2, earlyStoppingRounds: 0, l2: 0 } }
  const training = await trained({ calibrate: 'platt', settings: sure }, noisy)
  const loss = training.evaluation.metrics.find(({ name }) => name === 'logLoss')!.value
  expect(training.calibration).toMatchObject({ isUsed: true })
  expect(loss).toBeLessThan(0.8 * training.calibration!.logLossBefore)
  await checkClassesFolder(written(training), noisy, training)
  expect(classesReport(training, 'product')).toContain('without it the log loss on the test rows is')
  const plain = await trained({ calibrate: 'platt', settings: { gbm: { trees: 10, learningRate: 0.1 } } })
  expect(plain.evaluation.classes[0]!.calibrationError).toBeLessThan(0.5)
})
