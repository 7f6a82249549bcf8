import { decodeArtefact, modelFrom } from '../../../../models/artefact.ts'
import { joinTables } from '../../../../models/table/join-tables.ts'
import { random } from '../../../../models/random.ts'
import { families, familyNamed } from '../../../../retrainer/training/tables/families.ts'
import {
  explainRow,
  describeContribution,
  rowsForModel,
  scoreRows,
} from '../../../../retrainer/training/tables/score-table.ts'
import { tableReport } from '../../../../retrainer/training/tables/table-report.ts'
import { trainOnTable, type TableTrainingOptions } from '../../../../retrainer/training/tables/train-on-table.ts'
import { tableOf } from '../../../models/table/tables.ts'

const header = ['day', 'balance', 'job', 'noise', 'region', 'loan']

/** A loan is likelier with a low balance and for farmers; if `turning`, for clerks instead in the newest fifth. */
function loans(count: number, turning = false) {
  const next = random(3)
  const rows = Array.from({ length: count }, (_, i) => {
    const balance = next() < 0.1 ? '' : String(Math.round(next() * 1000))
    const job = ['farmer', 'clerk', 'smith'][Math.floor(next() * 3)]!
    const favoured = turning && i >= 0.8 * count ? 'clerk' : 'farmer'
    const margin = (balance === '' ? 0 : 2 - Number(balance) / 250) + (job === favoured ? 1.5 : -1)
    const answer = next() < 1 / (1 + Math.exp(-margin)) ? 'yes' : 'no'
    return [
      new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10),
      balance,
      job,
      String(next()),
      i % 2 === 0 ? 'north' : 'south',
      answer,
    ]
  })
  return tableOf(header, ...rows)
}

const options: TableTrainingOptions = {
  target: 'loan',
  time: 'day',
  drop: ['region'],
  asCategories: [],
  families: [familyNamed('gbm')],
  settings: { gbm: { trees: 60, learningRate: 0.1, leafRowsMin: 10 } },
  select: [],
  groups: ['region'],
  seed: 1,
}
const table = loans(1500)

test.each(families.map(({ name }) => name))(
  '%s learns on the older rows, is measured on the newest, and scores a table',
  async (name) => {
    const training = await trainOnTable(table, { ...options, families: [familyNamed(name)] })
    const { prepared, evaluation, artefact } = training
    expect([prepared.split.train.length, prepared.split.test.length]).toEqual([1200, 300])
    expect(evaluation.metrics.find((metric) => metric.name === 'auc')!.value).toBeGreaterThan(0.75)
    expect(evaluation.groups[0]!.attribute).toBe('region')
    expect(training.testScores.length).toBe(300)
    const model = modelFrom(artefact, 'id')
    const decoded = decodeArtefact(artefact)
    expect(decoded.featureNames).toEqual(['balance', 'job', 'noise'])
    const batch = rowsForModel(
      tableOf(['job', 'noise', 'balance'], ['farmer', '0.5', '10'], ['clerk', '0.5', '990'], ['pilot', '', '']),
      decoded,
    )
    const [likely, unlikely, unknown] = await scoreRows(model, batch)
    expect(likely).toBeGreaterThan(0.7)
    expect(unlikely).toBeLessThan(0.3)
    expect(unknown).toBeGreaterThan(0)
  },
)

test('contributions add up to the margin, and reasons are words', async () => {
  const { artefact } = await trainOnTable(table, options)
  const model = modelFrom(artefact, 'id')
  const decoded = decodeArtefact(artefact)
  const batch = rowsForModel(tableOf(['balance', 'job', 'noise'], ['10', 'farmer', '0.5'], ['', 'pilot', '1']), decoded)
  const scores = await scoreRows(model, batch)
  for (const row of [0, 1]) {
    const { base, contributions } = explainRow(model, decoded, batch.rows.subarray(row * 3, row * 3 + 3))
    const margin = contributions.reduce((sum, one) => sum + one.contribution, base)
    expect(1 / (1 + Math.exp(-margin))).toBeCloseTo(scores[row]!, 6)
    const named = Object.fromEntries(contributions.map((one) => [one.feature, one.value]))
    expect(named).toEqual(
      row === 0 ? { balance: 10, job: 'farmer', noise: 0.5 } : { balance: null, job: 'any other', noise: 1 },
    )
    if (row === 0) expect(describeContribution(contributions[0]!)).toMatch(/^(balance = 10|job = farmer): \+\d\.\d\d$/)
  }
})

test('features are selected on the training rows, and the model still reads whole rows', async () => {
  const training = await trainOnTable(table, { ...options, select: ['chi2'] })
  expect(training.selection.dropped).toMatchObject([{ feature: 'noise', by: 'chi2' }])
  const decoded = decodeArtefact(training.artefact)
  expect(decoded.chosen).toEqual([0, 1])
  const model = modelFrom(training.artefact, 'id')
  const batch = rowsForModel(
    tableOf(['balance', 'job', 'noise'], ['10', 'farmer', '0.5'], ['10', 'farmer', '']),
    decoded,
  )
  const [one, other] = await scoreRows(model, batch)
  expect(one).toBe(other)
  const { contributions } = explainRow(model, decoded, batch.rows.subarray(0, 3))
  expect(contributions.find(({ feature }) => feature === 'noise')!.contribution).toBe(0)
})

test('families are compared on the newest of the training rows, not on the test rows', async () => {
  const training = await trainOnTable(loans(1500, true), { ...options, families })
  expect(training.tried.map(({ family }) => family)).toEqual(['gbm', 'deep', 'linear'])
  const aucOf = (name: string) => training.tried.find(({ family }) => family === name)!.metrics['auc']!
  const measured = training.evaluation.metrics.find(({ name }) => name === 'auc')!.value
  expect(Math.min(aucOf('gbm'), aucOf('deep'), aucOf('linear'))).toBeGreaterThan(measured)
})

test('the same table and seed give the same model; another order of columns makes no difference to its scores', async () => {
  const one = await trainOnTable(table, options)
  expect((await trainOnTable(table, options)).artefact).toEqual(one.artefact)
})

test('rates are estimated; rows without a target and an uninformative column are left out', async () => {
  const next = random(8)
  const rows = Array.from({ length: 400 }, (_, i) => {
    const x = next() * 10
    return [x.toFixed(3), 'same', i % 40 === 0 ? '' : (2 * x + next()).toFixed(3)]
  })
  const training = await trainOnTable(tableOf(['x', 'constant', 'y'], ...rows), {
    ...options,
    target: 'y',
    time: undefined,
    drop: [],
    groups: [],
  })
  expect(training.prepared.notes).toContain('10 rows without a y were left out.')
  expect(training.prepared.columns.find(({ column }) => column === 'constant')!.kind).toBe('left out')
  expect(training.evaluation.metrics.find(({ name }) => name === 'rSquared')!.value).toBeGreaterThan(0.9)
})

test('the kinds of columns are decided on the training rows, also for the model that has seen the newest', async () => {
  const rows = Array.from({ length: 500 }, (_, i) => [
    String((i * 7) % 10),
    i < 450 ? 'none' : i % 2 === 0 ? 'yes' : 'no',
    i === 480 ? '#DIV/0!' : String((i * 13) % 100),
    (i * 7) % 10 >= 5 ? 'won' : 'lost',
  ])
  const training = await trainOnTable(tableOf(['x', 'campaign', 'income', 'y'], ...rows), {
    ...options,
    target: 'y',
    time: undefined,
    ordered: true,
    drop: [],
    groups: [],
  })
  expect(training.prepared.data.featureNames).toEqual(['x', 'income'])
  const decoded = decodeArtefact(training.artefact)
  expect(decoded.featureNames).toEqual(['x', 'income'])
  expect(decoded.table).toEqual(training.prepared.encoding)
})

test('cells read as missing are listed in the notes and in the report, with their place', async () => {
  const broken = { ...table, file: 'loans.csv', lines: Int32Array.from({ length: table.count }, (_, row) => row + 2) }
  const at = table.columns.findIndex(({ name }) => name === 'balance')
  const { name, cells, codes } = table.columns[at]!
  const columns = [...table.columns]
  columns[at] = {
    name,
    cells: [...cells, '#DIV/0!', 'n.a.'],
    codes: codes.map((code, row) => (row < 2 ? cells.length + row : code)),
  }
  const training = await trainOnTable({ ...broken, columns }, options)
  const note =
    '2 cells of balance can\'t be read as what the column is and count as missing: "#DIV/0!" (loans.csv:2), "n.a." (loans.csv:3).'
  expect(training.prepared.notes).toContain(note)
  expect(await tableReport(training, 'loan', 1)).toContain('2 cells of balance')
})

test('test rows beyond the training ranges are counted, and the model stores its ranges', async () => {
  const rows = Array.from({ length: 200 }, (_, i) => [String(i), i % 3 === 0 ? 'yes' : 'no'])
  const drifting = tableOf(
    ['rate', 'loan'],
    ...rows.map(([rate, loan]) => [String(Math.floor(Number(rate) / 2)), loan!]),
  )
  const asked = { ...options, time: undefined, ordered: true, drop: [], groups: [], families: [familyNamed('linear')] }
  const training = await trainOnTable(drifting, { ...asked, asNumbers: ['rate'] })
  expect(training.prepared.ranges).toEqual({ rate: [0, 79] })
  expect(training.prepared.outOfRange).toMatchObject({ rows: 40, of: 40 })
  expect(training.prepared.notes.at(-1)).toContain('Test rows: 40 of 40 rows are outside the range')
  const decoded = decodeArtefact(training.artefact)
  expect(decoded.ranges).toEqual({ rate: [0, 99] })
  expect(rowsForModel(tableOf(['rate'], ['-1'], ['50'], ['120']), decoded).outOfRange.rows).toBe(2)
})

test('test rows of their own are measured on, and the measured model is the one to use', async () => {
  const [older, newer] = [loans(600), loans(200, true)]
  const training = await trainOnTable(joinTables(older, newer), { ...options, time: undefined, testRows: 200 })
  expect([training.prepared.split.train.length, training.prepared.split.test.length]).toEqual([600, 200])
  expect(training.finalTestScores).toEqual(training.testScores)
  const model = modelFrom(training.artefact, 'id')
  const scores = await scoreRows(model, rowsForModel(newer, decodeArtefact(training.artefact)))
  expect([...scores]).toEqual([...training.testScores])
  expect(await tableReport(training, 'loan', 1)).toContain('is the one that was measured')
})

test('the report names what was left out and which features matter', async () => {
  const training = await trainOnTable(table, { ...options, select: ['chi2'] })
  const report = await tableReport(training, 'loan', 1)
  expect(report).toContain('Gradient boosting: loan')
  expect(report).toContain('noise (chi2)')
  expect(report).toContain('balance')
})

test.each([
  [{ target: 'wages' }, 'The table has no column wages'],
  [{ drop: ['wages'] }, 'The table has no column wages'],
  [{ groups: ['wages'] }, 'The table has no column wages'],
  [{ time: 'job' }, 'The time job of row 1'],
  [{ target: 'region', drop: [], positive: 'east' }, 'The target region is never "east"'],
])('%j is refused', async (change, reason) => {
  await expect(trainOnTable(table, { ...options, ...change })).rejects.toThrow(reason)
})

test('too few rows, or one class among the older ones, are refused', async () => {
  await expect(trainOnTable(loans(10), options)).rejects.toThrow('10 rows have a loan; 20 are needed at least.')
  const rows = Array.from({ length: 100 }, (_, i) => [String(i % 13), i < 90 ? 'no' : 'yes'])
  await expect(
    trainOnTable(tableOf(['x', 'y'], ...rows), {
      ...options,
      target: 'y',
      time: undefined,
      ordered: true,
      drop: [],
      groups: [],
    }),
  ).rejects.toThrow('All 80 labels are 0')
})

test('a model calibrated on folds of the training rows is measured and stored that way', async () => {
  const training = await trainOnTable(table, { ...options, calibrate: 'platt' })
  expect(decodeArtefact(training.artefact).calibration).toEqual(training.calibrated!.calibrator)
  const logLoss = training.evaluation.metrics.find(({ name }) => name === 'logLoss')!.value
  expect(logLoss).not.toBe(training.calibrated!.before['logLoss'])
  expect(logLoss).toBeLessThan(0.69)
  expect(await tableReport(training, 'loan', 1)).toContain('Scores are calibrated by Platt’s line')
})

test('rows of a customer are not torn apart by a random split, and the customer is no feature', async () => {
  const next = random(9)
  const rows = Array.from({ length: 400 }, (_, i) => {
    const x = next()
    return [`c${i % 40}`, String(x), next() < x ? '1' : '0']
  })
  const customers = tableOf(['customer', 'x', 'y'], ...rows)
  const training = await trainOnTable(customers, {
    target: 'y',
    customer: 'customer',
    drop: [],
    asCategories: [],
    families: [familyNamed('linear')],
    settings: {},
    select: [],
    groups: [],
    seed: 1,
  })
  const { data, split, splitWords } = training.prepared
  const sides = [split.train, split.test].map((side) => new Set([...side].map((row) => data.customers![row]!)))
  expect([...sides[0]!].filter((customer) => sides[1]!.has(customer))).toEqual([])
  expect(sides[0]!.size + sides[1]!.size).toBe(40)
  expect(data.featureNames).toEqual(['x'])
  expect(splitWords).toContain('the rows of 20 % of all customer')
})
