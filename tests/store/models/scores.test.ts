import { scores } from '../../../schemas/models/scores.ts'
import { listScores, scoreHistory } from '../../../store/models/scores.ts'
import type { PageRequest } from '../../../store/sql/page.ts'
import { allPages } from '../all-pages.ts'
import { put, scoreOf, START, storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()
const idOf = ({ id }: { readonly id: string }) => id

test('pages hold every newest score once, latest first, also where many share an instant', async () => {
  const { database } = store
  const values = Array.from({ length: 23 }, (_, index) =>
    scoreOf(index, { subjectId: `o${index}`, occurredAt: START + (index % 3) * 1_000 }),
  )
  await put(database, scores, values)
  const expected = values
    .toSorted((one, other) => other.occurredAt - one.occurredAt || (one.id < other.id ? 1 : -1))
    .map(idOf)
  for (const limit of [1, 4, 23, 50]) {
    const listed = await allPages((request: PageRequest) => listScores(database, {}, request), idOf, limit)
    expect(listed.map(idOf)).toEqual(expected)
  }
})

test('lists are narrowed by task, customer and salesperson', async () => {
  const { database } = store
  await put(database, scores, [
    scoreOf(1, { subjectId: 'o1' }),
    scoreOf(2, { subjectId: 'o2', customerId: 'c2', salespersonId: 'p2' }),
    scoreOf(3, { subjectId: 'c2', customerId: 'c2', task: 'loan-demand', salespersonId: null }),
  ])
  const ids = async (filter: Parameters<typeof listScores>[1]) =>
    (await listScores(database, filter, { limit: 9 })).map(idOf)
  expect(await ids({ task: 'conversion' })).toEqual(['s2', 's1'])
  expect(await ids({ customerId: 'c2' })).toEqual(['s3', 's2'])
  expect(await ids({ salespersonId: 'p2' })).toEqual(['s2'])
  expect(await ids({ task: 'conversion', customerId: 'c3' })).toEqual([])
})

test('the history of a customer spans months, each score with the row that it saw', async () => {
  const { database } = store
  const MONTH_MS = 31 * 86_400_000
  const values = Array.from({ length: 7 }, (_, index) =>
    scoreOf(index, { occurredAt: START - index * MONTH_MS, row: [index] }),
  )
  await put(database, scores, [...values, scoreOf(9, { customerId: 'c2' })])
  const history = await allPages((request: PageRequest) => scoreHistory(database, 'c1', {}, request), idOf, 3)
  expect(history.map(({ id, row }) => [id, row])).toEqual(values.map(({ id, row }) => [id, row]))
})

test('of the history a task, a subject and a moment are picked', async () => {
  const { database } = store
  await put(database, scores, [
    scoreOf(1),
    scoreOf(2, { subjectId: 'o2' }),
    scoreOf(3, { task: 'loan-demand' }),
    scoreOf(4),
  ])
  const ids = async (filter: Parameters<typeof scoreHistory>[2]) =>
    (await scoreHistory(database, 'c1', filter, { limit: 9 })).map(idOf)
  expect(await ids({ task: 'conversion' })).toEqual(['s4', 's2', 's1'])
  expect(await ids({ subjectId: 'o1', until: new Date(START + 3 * 60_000) })).toEqual(['s3', 's1'])
})
