import { rollBack } from '../../../../retrainer/lifecycle/rollback/roll-back.ts'
import { listActs } from '../../../../store/models/model-acts.ts'
import { championOf } from '../../../../store/models/models.ts'
import { promoteModel } from '../../../../store/models/release-models.ts'
import { storeUnderTest } from '../../../store/store-under-test.ts'
import { registerServed, serve, served } from './served-models.ts'

const store = storeUnderTest()
const who = { task: served.task, by: 'Ann', reason: 'complaints' }
const back = (changes: object = {}) => rollBack(store.database, { ...who, ...changes }, undefined)
const champion = async () => (await championOf(store.database, served.task))?.id

async function twoReleases(): Promise<{ first: string; second: string }> {
  const [first, second] = [await registerServed(store.database, 4), await registerServed(store.database, 6)]
  await promoteModel(store.database, first, 'first')
  await promoteModel(store.database, second, 'second')
  return { first, second }
}

test('the former champion returns once its kept scores are proved to have the same bytes', async () => {
  const { first, second } = await twoReleases()
  await serve(store.database, first, { count: 30 })
  await serve(store.database, second, { from: 100, count: 10 })
  expect(await back()).toEqual({ modelId: first, rows: 30, tolerance: 0 })
  expect(await champion()).toBe(first)
  const [act] = await listActs(store.database, served.task, 1)
  expect(act).toMatchObject({
    act: 'rollback',
    actedBy: 'Ann',
    modelId: first,
    numbers: { rowsProved: 30, tolerance: 0 },
  })
  // The same again returns to the other one.
  expect(await back()).toMatchObject({ modelId: second, rows: 10 })
})

test('a single kept score that differs in the last bit stops the rollback', async () => {
  const { first, second } = await twoReleases()
  await serve(store.database, first, { count: 30 })
  const { id, probability } = await store.database
    .selectFrom('score_history')
    .select(['id', 'probability'])
    .orderBy('id')
    .limit(1)
    .executeTakeFirstOrThrow()
  await store.database
    .updateTable('score_history')
    .set({ probability: probability! + 2 ** -53 })
    .where('id', '=', id)
    .execute()
  await expect(back()).rejects.toThrow(`${first} gives another score for 1 of 30 kept rows, such as ${id}`)
  expect(await champion()).toBe(second)
})

test('without kept scores nothing is proved, and without an earlier champion there is nothing to return to', async () => {
  const only = await registerServed(store.database, 4)
  await promoteModel(store.database, only, 'first')
  await expect(back()).rejects.toThrow('had no other champion')
  await expect(back({ to: only })).rejects.toThrow('is the champion of call-conversion already')
  await expect(back({ to: 'nobody' })).rejects.toThrow('There is no model nobody')
  const other = await registerServed(store.database, 6)
  await expect(back({ to: other })).rejects.toThrow('was never the champion')
  await promoteModel(store.database, other, 'second')
  await expect(back()).rejects.toThrow('no score that it gave is kept')
  expect(await champion()).toBe(other)
})

test('a damaged artefact is named', async () => {
  const { first, second } = await twoReleases()
  await serve(store.database, first)
  await store.database
    .updateTable('models')
    .set({ artefact: Buffer.from('{}') })
    .where('id', '=', first)
    .execute()
  await expect(back()).rejects.toThrow('it was damaged or replaced')
  expect(await champion()).toBe(second)
})
