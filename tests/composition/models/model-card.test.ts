import { modelCard } from '../../../composition/models/model-card.ts'
import { decideGate } from '../../../retrainer/lifecycle/gate/decide.ts'
import { monitorTask } from '../../../retrainer/lifecycle/monitoring/monitor-task.ts'
import { defaultGate } from '../../../processors/models/release-gate-setting.ts'
import { registerModel } from '../../../store/models/models.ts'
import { customers, released, serve, task } from '../../retrainer/lifecycle/monitoring/monitored-model.ts'
import { storeUnderTest } from '../../store/store-under-test.ts'

const store = storeUnderTest()
const headings = (html: string) => [...html.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, words]) => words)

test('shows the quality on the rows that the model was compared on, by group, and what happened since', async () => {
  const id = await released(store.database)
  for (const from of [1_000, 2_000]) {
    await serve(store.database, id, customers(from, 300), true)
    await monitorTask(store.database, task)
  }
  const card = (await modelCard(store.database, id, undefined))!
  expect(headings(card)).toEqual([
    'What it is worth',
    'Telling one from the other',
    'Calibration',
    'Lift and gain',
    'Groups',
    'Since release',
    'What was done with it',
  ])
  expect(card).toContain(id)
  expect(card).toContain('On 150 rows that it was not trained on.')
  expect(card).toContain('<dd>fingerprint</dd>')
  expect(card).toContain('0 of 174 inputs are distributed differently')
  expect(card).toContain('Stability index of the scores over time')
  expect(card).toMatch(/<td class="text">first<\/td>/)
  // No customer is named.
  expect(card).not.toMatch(/>c\d+</)
})

test('a model whose rows are gone has its figures from training and its gate, and an unknown one no card', async () => {
  const measures = {
    ...{ difference: { estimate: -0.1, lower: -0.2, upper: -0.05 }, against: 'baseline', reference: undefined },
    ...{ selection: undefined, labels: 300, calibrationError: 0.03, worstGroup: undefined, rowMs: 0.1 },
    outcomes: undefined,
  }
  await registerModel(store.database, {
    ...{ id: 'm<1>', task: task.task, algorithm: 'gbm', featureSet: task.features.id, codeVersion: 'test' },
    ...{ artefact: Buffer.from('x'), metrics: { logLoss: 0.4 }, data: { newestFrom: 5, to: 9 } },
    gate: decideGate({ version: 3, rules: defaultGate }, measures),
  })
  const card = (await modelCard(store.database, 'm<1>', undefined))!
  expect(headings(card)).toEqual(['What it was worth', 'Gate'])
  expect(card).toContain('Version 3: passed.')
  expect(card).toContain('m&lt;1&gt;')
  expect(card).not.toContain('m<1>')
  expect(await modelCard(store.database, 'none', undefined)).toBeUndefined()
})
