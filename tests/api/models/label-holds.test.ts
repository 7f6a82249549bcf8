import { holdLabels } from '../../../store/models/label-holds.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

let api: ApiUnderTest
beforeEach(async () => {
  api = await apiUnderTest()
  const knownTo = new Date(7)
  const held = {
    kind: 'source',
    name: 'partner',
    knownFrom: new Date(0),
    knownTo,
    labels: 50,
    mean: 0.9,
    usual: 0.2,
  } as const
  await holdLabels(api.database, [
    { ...held, task: 'conversion', reason: 'too many' },
    { ...held, task: 'loan-demand', reason: 'too many' },
  ])
})
afterEach(() => api.close())

const release = (id: string, payload: object) =>
  api.server.inject({ method: 'POST', url: `/label-holds/${id}/release`, payload })
const list = async (query = '') =>
  (await api.server.inject({ url: `/label-holds${query}` })).json<{ items: Record<string, unknown>[] }>().items

test('held labels are shown with the reason, and released under a name, once', async () => {
  expect(await list('?task=conversion')).toMatchObject([
    { id: 1, name: 'partner', reason: 'too many', releasedBy: null },
  ])
  const released = await release('1', { reason: 'a campaign of theirs', releasedBy: 'Ann' })
  expect(released.json()).toMatchObject({ id: 1, releasedBy: 'Ann', releaseReason: 'a campaign of theirs' })
  expect((await list('?released=false')).map(({ id }) => id)).toEqual([2])
  expect((await list('?released=true')).map(({ id }) => id)).toEqual([1])
  expect((await release('1', { reason: 'again', releasedBy: 'Bob' })).statusCode).toBe(404)
})

test('an unknown hold, an empty reason and a missing name are refused', async () => {
  expect((await release('99', { reason: 'checked', releasedBy: 'Ann' })).statusCode).toBe(404)
  expect((await release('x', { reason: 'checked', releasedBy: 'Ann' })).statusCode).toBe(400)
  expect((await release('1', { reason: ' ', releasedBy: 'Ann' })).statusCode).toBe(400)
  expect((await release('1', { reason: 'checked' })).statusCode).toBe(400)
  expect(await list('?released=true')).toEqual([])
})
