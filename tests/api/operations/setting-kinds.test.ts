import { thresholdSetting } from '../../../processors/loans/threshold-setting.ts'
import { setSetting } from '../../../store/versioned-settings.ts'
import { settings } from '../../../subjects/subjects.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

let api: ApiUnderTest
beforeAll(async () => void (api = await apiUnderTest()))
afterAll(() => api.close())

interface Kind {
  readonly kind: string
  readonly path: string
  readonly key: string
  readonly fields: readonly string[]
  readonly changed: number
}
const kinds = async () => (await api.server.inject({ url: '/settings' })).json<{ items: Kind[] }>().items

test('every kind of setting is listed with a path and a key that work', async () => {
  const listed = await kinds()
  expect(listed.map(({ kind }) => kind)).toEqual(settings.map(({ name }) => name))
  for (const { path, key, fields } of listed) {
    const answer = await api.server.inject({ url: path })
    expect({ path, status: answer.statusCode }).toEqual({ path, status: 200 })
    for (const item of answer.json<{ items: Record<string, unknown>[] }>().items) {
      expect(Object.keys(item)).toEqual(expect.arrayContaining([key, 'version', ...fields]))
    }
  }
})

test('the latest change of a kind has its author, time and reason', async () => {
  const threshold = async () => (await kinds()).find(({ kind }) => kind === 'threshold')
  expect(await threshold()).toMatchObject({ changed: 0, changedBy: null, changedAt: null, reason: null })
  const edit = { expectedVersion: 0, value: { value: 0.5 } }
  await setSetting(api.database, thresholdSetting, { ...edit, key: 'loan-demand', changedBy: 'li', reason: 'First' })
  await setSetting(api.database, thresholdSetting, { ...edit, key: 'recommendation', changedBy: 'wang' })
  await setSetting(api.database, thresholdSetting, { ...edit, key: 'loan-demand', changedBy: 'li', expectedVersion: 1 })
  expect(await threshold()).toMatchObject({ changed: 2, changedBy: 'li', reason: null })
})
