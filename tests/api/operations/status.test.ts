import type { ApiPorts } from '../../../api/ports.ts'
import { scores } from '../../../schemas/models/scores.ts'
import { profiles } from '../../../schemas/customers/profiles.ts'
import { score } from '../../processors/scoring-fixtures.ts'
import { put, START } from '../../store/store-under-test.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

const open: ApiUnderTest[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((api) => api.close()))
})

const started = async (overrides: Partial<ApiPorts> = {}): Promise<ApiUnderTest> => {
  const api = await apiUnderTest(overrides)
  open.push(api)
  return api
}
const simulationOf = async ({ server }: ApiUnderTest): Promise<unknown> =>
  (await server.inject({ url: '/status' })).json<{ simulation: unknown }>().simulation

test('without a simulated customer times are those of the wall clock', async () => {
  expect(await simulationOf(await started())).toBeNull()
})

test('if the simulator runs in this process, its clock and pace are reported', async () => {
  const api = await started({ simulatedClock: () => ({ now: START, speed: 60 }) })
  expect(await simulationOf(api)).toEqual({ now: new Date(START).toISOString(), speed: 60 })
})

test('if it runs elsewhere, the latest event gives the time', async () => {
  const api = await started()
  const profile = {
    id: 'p1',
    occurredAt: START,
    source: 'simulator',
    customerId: 'c1',
    name: null,
    sex: null,
    birthYear: null,
  }
  const more = { registeredPlace: null, residence: null, timeZone: 'UTC', segment: null, attributes: {} }
  await put(api.database, profiles, [{ ...profile, ...more }])
  expect(await simulationOf(api)).toEqual({ now: null, speed: null })
  await put(api.database, scores, [score(1, 0.5, {})])
  expect(await simulationOf(api)).toEqual({ now: new Date(score(1, 0.5, {}).occurredAt).toISOString(), speed: null })
})
