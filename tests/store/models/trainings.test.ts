import { openDatabase } from '../../../store/database.ts'
import {
  beginTraining,
  closeInterrupted,
  endTraining,
  lastTraining,
  listTrainings,
  oldestRequest,
  requestTraining,
  withTrainingLock,
} from '../../../store/models/trainings.ts'
import { storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()
const seen = { labels: 300, knownTo: new Date(1_000) }
const trigger = { kind: 'schedule', why: '24 hours.', by: null } as const
const asked = { task: 'conversion', by: 'Ann', reason: 'new products' }

test('a request waits until it is started, and keeps who asked and why', async () => {
  const { database } = store
  const first = await requestTraining(database, asked)
  await requestTraining(database, { ...asked, task: 'loan-demand' })
  expect(await oldestRequest(database)).toMatchObject({ id: first.id, trigger: 'request', state: 'requested' })
  expect(await lastTraining(database, 'conversion')).toBeUndefined()
  await beginTraining(database, 'conversion', { request: first.id }, seen)
  expect(await oldestRequest(database)).toMatchObject({ task: 'loan-demand' })
  await endTraining(database, first.id, {
    state: 'ended',
    result: 'Released: it is better',
    modelId: 'm',
    promoted: true,
  })
  expect(await lastTraining(database, 'conversion')).toMatchObject({
    ...{ id: first.id, requestedBy: 'Ann', why: 'new products', state: 'ended', result: 'Released: it is better' },
    ...{ labels: 300, labelsKnownTo: new Date(1_000), modelId: 'm', promoted: true, attempts: 1 },
  })
})

test('the last training of a task is the one that began last', async () => {
  const { database } = store
  for (const task of ['conversion', 'loan-demand', 'conversion'])
    await endTraining(database, await beginTraining(database, task, { trigger }, seen), {
      state: 'failed',
      result: 'x'.repeat(3_000),
    })
  const [newest] = await listTrainings(database, { task: 'conversion' }, { limit: 9 })
  expect(newest).toMatchObject({ id: 3, trigger: 'schedule', why: '24 hours.', requestedBy: null })
  expect(newest!.result).toHaveLength(2_000)
  expect(await lastTraining(database, 'conversion')).toEqual(newest)
  expect((await listTrainings(database, {}, { limit: 2, after: 3 })).map(({ id }) => id)).toEqual([2, 1])
})

test('only one process trains a task at a time; others train other tasks', async () => {
  const other = openDatabase({ url: store.url, poolMax: 2 })
  const result = await withTrainingLock(store.database, 'conversion', async () => [
    await withTrainingLock(other, 'conversion', () => Promise.resolve('both')),
    await withTrainingLock(other, 'loan-demand', () => Promise.resolve('another task')),
  ])
  expect(result).toEqual([undefined, 'another task'])
  expect(await withTrainingLock(other, 'conversion', () => Promise.resolve('free again'))).toBe('free again')
  await expect(withTrainingLock(other, 'conversion', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await withTrainingLock(store.database, 'conversion', () => Promise.resolve('free'))).toBe('free')
  await other.destroy()
})

test('a training whose process ended is closed: a request waits again, at most three times; a running one is left', async () => {
  const { database } = store
  const { id } = await requestTraining(database, asked)
  await beginTraining(database, 'loan-demand', { trigger }, seen)
  for (const state of ['requested', 'requested', 'failed']) {
    await beginTraining(database, 'conversion', { request: id }, seen)
    expect(await withTrainingLock(store.database, 'conversion', () => closeInterrupted(database))).not.toContain(
      'conversion',
    )
    await closeInterrupted(database)
    const [one] = (await listTrainings(database, {}, { limit: 9 })).filter((training) => training.id === id)
    expect(one).toMatchObject({ state, result: expect.stringContaining('ended in the middle') as string })
  }
  expect(await oldestRequest(database)).toBeUndefined()
  expect(await lastTraining(database, 'loan-demand')).toMatchObject({ state: 'failed' })
})
