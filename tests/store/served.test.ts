import { scores } from '../../schemas/scoring.ts'
import { lookAtServed } from '../../store/served.ts'
import { put, scoreOf, START, storeUnderTest } from './store-under-test.ts'

const store = storeUnderTest()

test('scores are found by time and id across months; who was not served is not there', async () => {
  const { database } = store
  const MONTH_MS = 31 * 86_400_000
  const values = Array.from({ length: 5 }, (_, index) =>
    scoreOf(index, { occurredAt: START - index * MONTH_MS + 1, row: [index] }),
  )
  await put(database, scores, values)
  const asked = [...values.slice(1), { id: 's0', occurredAt: START - 5 }, { id: 'nobody', occurredAt: START }]
  const found = await lookAtServed(database, (served) => served.scoreHistory(asked))
  expect(found).toEqual(new Map(values.slice(1).map(({ id, probability, row }) => [id, { probability, row }])))
})
