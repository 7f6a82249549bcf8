import { championOf, listModels, modelById, registerModel, type NewModel } from '../../../store/models/models.ts'
import { promoteModel } from '../../../store/models/release-models.ts'
import { storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()

const modelOf = (id: string, task = 'conversion'): NewModel => ({
  id,
  task,
  algorithm: 'logistic',
  featureSet: 'visits@1',
  artefact: Buffer.from([0, 255, 1]),
  metrics: { auc: 0.75 },
  data: { rows: 100, sha256: 'x' },
  codeVersion: '0.1.0',
})

test('a trained model is a challenger, the same one again is the same model', async () => {
  const { database } = store
  await registerModel(database, modelOf('m1'))
  await registerModel(database, { ...modelOf('m1'), metrics: { auc: 0.1 } })
  await registerModel(database, modelOf('m2', 'loan-demand'))
  expect(await modelById(database, 'm1')).toMatchObject({
    ...modelOf('m1'),
    status: 'challenger',
    reason: null,
    releasedAt: null,
  })
  expect(await championOf(database, 'conversion')).toBeUndefined()
  expect((await listModels(database)).map(({ id }) => id)).toEqual(['m2', 'm1'])
  expect((await listModels(database, 'conversion')).map(({ id }) => id)).toEqual(['m1'])
  expect(await modelById(database, 'm3')).toBeUndefined()
})

test('a promoted model is the one in use, the previous one retires, and the release waits in the outbox with the artefact', async () => {
  const { database } = store
  for (const id of ['m1', 'm2']) await registerModel(database, modelOf(id))
  await registerModel(database, modelOf('other', 'loan-demand'))
  await promoteModel(database, 'other', 'first')
  await promoteModel(database, 'm1', 'better than the baseline')
  await promoteModel(database, 'm2', 'better than m1')
  const states = (await listModels(database)).map(({ id, status, reason }) => [id, status, reason]).sort()
  expect(states).toEqual([
    ['m1', 'retired', 'better than the baseline'],
    ['m2', 'champion', 'better than m1'],
    ['other', 'champion', 'first'],
  ])
  const champion = await championOf(database, 'conversion')
  const events = (
    await database.selectFrom('outbox').select('event').where('topic', '=', 'releases').orderBy('id').execute()
  ).map(({ event }) => event)
  expect(events[2]).toEqual({
    id: `release/conversion/m2/${champion!.releasedAt!.getTime()}`,
    occurredAt: champion!.releasedAt!.getTime(),
    source: 'retrainer',
    task: 'conversion',
    modelId: 'm2',
    algorithm: 'logistic',
    featureSet: 'visits@1',
    artefact: Buffer.from([0, 255, 1]).toString('base64'),
    metrics: { auc: 0.75 },
    reason: 'better than m1',
    replaces: 'm1',
    trials: [],
  })
})

test('a retired model can be brought back', async () => {
  const { database } = store
  for (const id of ['m1', 'm2']) await registerModel(database, modelOf(id))
  for (const id of ['m1', 'm2', 'm1']) await promoteModel(database, id, 'because')
  expect((await championOf(database, 'conversion'))?.id).toBe('m1')
})

test('simultaneous releases for a task leave one champion, and every release names the one that it replaces', async () => {
  const { database } = store
  const ids = ['m1', 'm2', 'm3', 'm4']
  for (const id of ids) await registerModel(database, modelOf(id))
  await Promise.all(ids.map((id) => promoteModel(database, id, 'at once')))
  const events = (
    await database.selectFrom('outbox').select('event').where('topic', '=', 'releases').orderBy('id').execute()
  ).map(({ event }) => event)
  const releases = events as { modelId: string; replaces: string | null }[]
  expect(releases.map(({ replaces }) => replaces)).toEqual([
    null,
    ...releases.slice(0, -1).map(({ modelId }) => modelId),
  ])
  expect((await championOf(database, 'conversion'))?.id).toBe(releases.at(-1)!.modelId)
})

test('a model that is not there is named', async () => {
  await expect(promoteModel(store.database, 'nobody', 'because')).rejects.toThrow('There is no model nobody.')
})
