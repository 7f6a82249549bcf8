import type { Release } from '../../../schemas/models/releases.ts'
import { freezeOf, listActs, liveBetween, liveModels } from '../../../store/models/model-acts.ts'
import { listModels, registerModel, type NewModel } from '../../../store/models/models.ts'
import { freezeTask, holdModel, promoteModel, tryModel, withdrawModel } from '../../../store/models/release-models.ts'
import { storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()
const actor = { by: 'Ann', reason: 'a try' }

const modelOf = (id: string, changes: Partial<NewModel> = {}): NewModel => ({
  id,
  task: 'conversion',
  algorithm: 'logistic',
  featureSet: 'visits@1',
  artefact: Buffer.from(id),
  metrics: {},
  data: {},
  codeVersion: '0.1.0',
  ...changes,
})

async function registered(...ids: string[]): Promise<void> {
  for (const id of ids) await registerModel(store.database, modelOf(id))
}

async function published(topic: string): Promise<Record<string, unknown>[]> {
  const rows = await store.database
    .selectFrom('outbox')
    .select('event')
    .where('topic', '=', topic)
    .orderBy('id')
    .execute()
  return rows.map(({ event }) => event as Record<string, unknown>)
}

test('a release holds the champion and the models on trial, and a promotion ends the trial of the promoted one', async () => {
  const { database } = store
  await registered('m1', 'm2', 'm3')
  await promoteModel(database, 'm1', 'first')
  await tryModel(database, 'm2', { mode: 'shadow' }, actor)
  await tryModel(database, 'm3', { mode: 'canary', share: 0.2 }, actor)
  expect(await liveModels(database, 'conversion')).toEqual({
    champion: 'm1',
    canary: { modelId: 'm3', share: 0.2 },
    shadows: ['m2'],
  })
  await promoteModel(database, 'm3', 'better', { by: 'Ann' })
  const all = (await published('releases')) as unknown as Release[]
  expect(all.map(({ modelId, trials }) => [modelId, trials.map((one) => [one.mode, one.modelId, one.share])])).toEqual([
    ['m1', []],
    ['m1', [['shadow', 'm2', 0]]],
    [
      'm1',
      [
        ['shadow', 'm2', 0],
        ['canary', 'm3', 0.2],
      ],
    ],
    ['m3', [['shadow', 'm2', 0]]],
  ])
  expect(all[2]!.trials[1]!.artefact).toBe(Buffer.from('m3').toString('base64'))
  await withdrawModel(database, 'm2', actor)
  expect((await listModels(database)).map(({ id, status }) => [id, status]).sort()).toEqual([
    ['m1', 'retired'],
    ['m2', 'challenger'],
    ['m3', 'champion'],
  ])
})

test('every act is on record with its author, reason and numbers, and published', async () => {
  const { database } = store
  await registered('m1', 'm2')
  await promoteModel(database, 'm1', 'first', { numbers: { better: -0.1 } })
  await tryModel(database, 'm2', { mode: 'canary', share: 0.1 }, actor)
  await holdModel(database, 'm2', 'moves many', { moved: 0.4 })
  await freezeTask(database, 'conversion', true, actor)
  const acts = await listActs(database, 'conversion', 10)
  expect(acts.map(({ act, actedBy, modelId, numbers }) => [act, actedBy, modelId, numbers])).toEqual([
    ['freeze', 'Ann', null, {}],
    ['hold', 'scoreline', 'm2', { moved: 0.4 }],
    ['canary', 'Ann', 'm2', { share: 0.1 }],
    ['promote', 'scoreline', 'm1', { better: -0.1 }],
  ])
  expect((await published('model-acts')).map(({ act, by, reason }) => [act, by, reason])).toEqual(
    acts.toReversed().map(({ act, actedBy, reason }) => [act, actedBy, reason]),
  )
})

test('a frozen task takes no release from the platform, but one from a person', async () => {
  const { database } = store
  await registered('m1')
  await freezeTask(database, 'conversion', true, actor)
  expect(await freezeOf(database, 'conversion')).toMatchObject({ actedBy: 'Ann' })
  await expect(promoteModel(database, 'm1', 'better')).rejects.toThrow('conversion is frozen by Ann: a try')
  await expect(freezeTask(database, 'conversion', true, actor)).rejects.toThrow('frozen already')
  await promoteModel(database, 'm1', 'I looked at it', { by: 'Ben' })
  await freezeTask(database, 'conversion', false, actor)
  expect(await freezeOf(database, 'conversion')).toBeUndefined()
  await expect(freezeTask(database, 'conversion', false, actor)).rejects.toThrow('is not frozen')
})

test('a trial that can’t be is refused with the reason, and leaves nothing behind', async () => {
  const { database } = store
  await registered('m1', 'm2', 'm3')
  await expect(tryModel(database, 'm1', { mode: 'shadow' }, actor)).rejects.toThrow('has no champion')
  await promoteModel(database, 'm1', 'first')
  await expect(tryModel(database, 'm1', { mode: 'shadow' }, actor)).rejects.toThrow('is the champion')
  await tryModel(database, 'm2', { mode: 'canary', share: 0.1 }, actor)
  await expect(tryModel(database, 'm3', { mode: 'canary', share: 0.1 }, actor)).rejects.toThrow('m2 is the canary')
  await expect(withdrawModel(database, 'm3', actor)).rejects.toThrow('is not on trial')
  await expect(tryModel(database, 'nobody', { mode: 'shadow' }, actor)).rejects.toThrow('There is no model nobody.')
  await registerModel(database, modelOf('other', { featureSet: 'visits@2' }))
  await expect(tryModel(database, 'other', { mode: 'shadow' }, actor)).rejects.toThrow('reads visits@2')
  await registerModel(database, modelOf('large', { artefact: Buffer.alloc(8 << 20) }))
  await expect(tryModel(database, 'large', { mode: 'shadow' }, actor)).rejects.toThrow('withdraw one first')
  await registered('s1', 's2', 's3', 's4')
  for (const id of ['s1', 's2', 's3']) await tryModel(database, id, { mode: 'shadow' }, actor)
  await expect(tryModel(database, 's4', { mode: 'shadow' }, actor)).rejects.toThrow('has 4 models on trial')
  // The share of the canary can be changed while four are on trial.
  await tryModel(database, 'm2', { mode: 'canary', share: 0.5 }, actor)
  expect(await liveModels(database, 'conversion')).toMatchObject({
    canary: { share: 0.5 },
    shadows: ['s1', 's2', 's3'],
  })
  expect((await listActs(database, undefined, 100)).length).toBe(6)
})

test('what was live within a span of time is known, with who released it', async () => {
  const { database } = store
  await registered('m1', 'm2')
  await promoteModel(database, 'm1', 'first', { by: 'Ann' })
  await holdModel(database, 'm2', 'moves many', {})
  await promoteModel(database, 'm2', 'second', { by: 'Ben' })
  const [second, , first] = await listActs(database, 'conversion', 10)
  const end = new Date(Date.now() + 1_000)
  const whole = await liveBetween(database, new Date(0), end)
  expect(whole.map(({ live, by, from, to }) => [live.champion, by, from, to])).toEqual([
    ['m1', 'Ann', first!.actedAt, second!.actedAt],
    ['m2', 'Ben', second!.actedAt, null],
  ])
  const after = await liveBetween(database, new Date(second!.actedAt.getTime() + 1), end, 'conversion')
  expect(after.map(({ live }) => live.champion)).toEqual(['m2'])
  expect(await liveBetween(database, new Date(0), first!.actedAt)).toEqual([])
  expect(await liveBetween(database, new Date(0), end, 'loan-demand')).toEqual([])
})
