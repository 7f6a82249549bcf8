import { registerModel } from '../../../store/models/models.ts'
import { saveModelReport, type InputShift, type NewModelReport } from '../../../store/models/model-reports.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

let api: ApiUnderTest
beforeEach(async () => {
  api = await apiUnderTest()
})
afterEach(() => api.close())

const input: InputShift = {
  ...{ feature: 'visits.count', stabilityIndex: 0.3, band: 'large', distance: 0.4, pValue: 0, drifted: true },
  ...{ missingBefore: 0, missingNow: 0, stabilityIndexAtRelease: null, missingAtRelease: null },
}

const reportOf = (task: string, modelId: string): NewModelReport => ({
  ...{ task, modelId, asOf: new Date(0), referenceRows: 400, recentRows: 2_000, inputsTested: 1, inputsDrifted: 1 },
  ...{
    missingBefore: 0,
    missingNow: null,
    scoreStabilityIndex: null,
    scoreStabilityIndexAtRelease: null,
    meanScoreBefore: null,
    meanScoreNow: 0.4,
  },
  ...{ ageDays: 2, labels: 0, loss: null, lossAtRelease: 0.5, auc: null, calibrationError: null, bias: null },
  ...{ lossExpected: 0.45, lossExpectedError: null, aucExpected: 0.8, aucExpectedError: null, inputs: [input] },
  warnings: [{ rule: 'inputs', says: 'It changed.' }],
})

test('reports are listed newest first, in pages, by task and by model, and as a file', async () => {
  for (const id of ['a', 'b'])
    await registerModel(api.database, {
      ...{ id, task: 'conversion', algorithm: 'linear', featureSet: 'visits@1', artefact: Buffer.from(id) },
      ...{ metrics: {}, data: {}, codeVersion: 'test' },
    })
  for (const [task, model] of [
    ['conversion', 'a'] as const,
    ['conversion', 'b'] as const,
    ['loan-demand', 'b'] as const,
  ])
    await saveModelReport(api.database, reportOf(task, model))
  const list = async (query: string) =>
    (await api.server.inject({ url: `/model-reports${query}` })).json<{
      items: Record<string, unknown>[]
      next: string | null
    }>()
  const first = await list('?task=conversion&limit=1')
  expect(first.items).toEqual([
    {
      ...reportOf('conversion', 'b'),
      ...{ id: 2, asOf: '1970-01-01T00:00:00.000Z', measuredAt: expect.any(String) as string },
    },
  ])
  expect((await list(`?task=conversion&limit=1&after=${first.next}`)).items).toMatchObject([{ modelId: 'a' }])
  expect((await list('?modelId=b')).items.map(({ task }) => task)).toEqual(['loan-demand', 'conversion'])
  const file = await api.server.inject({ url: '/model-reports.ndjson?task=loan-demand' })
  expect(JSON.parse(file.body)).toMatchObject({ inputs: [input], warnings: [{ rule: 'inputs' }] })
})
