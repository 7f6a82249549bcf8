import { defaultGate, releaseGateSetting } from '../../../../processors/models/release-gate-setting.ts'
import { watchChampion } from '../../../../retrainer/lifecycle/rollback/watch-champion.ts'
import { listActs } from '../../../../store/models/model-acts.ts'
import { championOf } from '../../../../store/models/models.ts'
import { freezeTask, promoteModel } from '../../../../store/models/release-models.ts'
import { setSetting } from '../../../../store/versioned-settings.ts'
import { storeUnderTest } from '../../../store/store-under-test.ts'
import { registerServed, serve, served } from './served-models.ts'

const store = storeUnderTest()
const watch = () => watchChampion(store.database, served.task, undefined)
const champion = async () => (await championOf(store.database, served.task))!.id

/** A good model that was replaced by one whose scores go the wrong way. */
async function worseRelease(): Promise<{ good: string; bad: string }> {
  const [good, bad] = [await registerServed(store.database, 6), await registerServed(store.database, -6)]
  await promoteModel(store.database, good, 'first')
  await serve(store.database, good, { count: 40 })
  await promoteModel(store.database, bad, 'second')
  return { good, bad }
}

test('a champion whose live scores break a bound is taken back by the platform, with its numbers on record', async () => {
  const { good, bad } = await worseRelease()
  await serve(store.database, bad, { from: 1_000, count: 250, labels: true })
  const done = await watch()
  expect(done).toMatchObject({ modelId: good, from: bad, rows: 40, tolerance: 0 })
  expect(done!.reason).toContain('on its 250 newest labels')
  expect(await champion()).toBe(good)
  const [act] = await listActs(store.database, served.task, 1)
  expect(act).toMatchObject({ act: 'rollback', actedBy: 'scoreline', numbers: { labels: 250, rowsProved: 40 } })
  expect(act!.numbers['loss']).toBeGreaterThan(act!.numbers['releasedLoss']!)
  // It was returned to, so it stays, whatever its own labels say.
  expect(await watch()).toBeUndefined()
})

test('a good champion stays, and so does a bad one while there are too few labels', async () => {
  const { good, bad } = await worseRelease()
  await serve(store.database, bad, { from: 1_000, count: 150, labels: true })
  expect(await watch()).toBeUndefined()
  await promoteModel(store.database, good, 'again')
  await serve(store.database, good, { from: 2_000, count: 250, labels: true })
  expect(await watch()).toBeUndefined()
  expect(await champion()).toBe(good)
})

test('a bound on AUC takes a champion back too', async () => {
  const value = { ...defaultGate, liveLossRiseMax: null, liveAucMin: 0.6 }
  await setSetting(store.database, releaseGateSetting, {
    key: served.task,
    value,
    changedBy: 'Ann',
    expectedVersion: 0,
  })
  const { bad } = await worseRelease()
  await serve(store.database, bad, { from: 1_000, count: 250, labels: true })
  expect((await watch())!.reason).toContain('AUC')
})

test('a frozen task stays as it is', async () => {
  const { bad } = await worseRelease()
  await serve(store.database, bad, { from: 1_000, count: 250, labels: true })
  await freezeTask(store.database, served.task, true, { by: 'Ann', reason: 'audit' })
  expect(await watch()).toBeUndefined()
  expect(await champion()).toBe(bad)
})
