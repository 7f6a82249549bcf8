import { partitionKey, type FetchResponse, type PartitionFetch } from '../../../kafka/fetcher/fetch-request.ts'
import { createFetchSession } from '../../../kafka/fetcher/fetch-session.ts'

const of = (partition: number, offset = 0): PartitionFetch => ({
  topicId: 'topic',
  partition,
  leaderEpoch: 1,
  offset,
  bytesMax: 1_000,
})
const answer = (sessionId: number, errorCode = 0): FetchResponse => ({ sessionId, errorCode, partitions: new Map() })
const places = (fetches: readonly Pick<PartitionFetch, 'topicId' | 'partition'>[]) => fetches.map(partitionKey)

test('after the first request it sends only changes', () => {
  const session = createFetchSession()
  const first = session.next([of(0), of(1), of(2)])
  expect(first.fields).toEqual({ id: 0, epoch: 0, forgotten: [] })
  expect(first.fetches).toHaveLength(3)
  expect(session.handleResponse(answer(77))).toBe(true)

  const same = session.next([of(0), of(1), of(2)])
  expect(same).toEqual({ fetches: [], fields: { id: 77, epoch: 1, forgotten: [] } })
  session.handleResponse(answer(77))

  const changed = session.next([of(0), of(1, 5), of(3)])
  expect(places(changed.fetches)).toEqual(['topic/1', 'topic/3'])
  expect(places(changed.fields.forgotten)).toEqual(['topic/2'])
  expect(changed.fields.epoch).toBe(2)
})

test('a broker that has lost it is asked for everything again', () => {
  const session = createFetchSession()
  session.next([of(0)])
  session.handleResponse(answer(77))
  session.next([of(0)])
  expect(session.handleResponse(answer(0, 70))).toBe(false)
  expect(session.next([of(0)])).toMatchObject({ fields: { id: 0, epoch: 0, forgotten: [] }, fetches: [of(0)] })
})

test('if the broker has no room for it, or an answer is lost, it starts again each time', () => {
  const session = createFetchSession()
  session.next([of(0)])
  expect(session.handleResponse(answer(0))).toBe(true)
  expect(session.next([of(0)])).toMatchObject({ fields: { id: 0, epoch: 0 }, fetches: [of(0)] })
  session.handleResponse(answer(8))
  session.next([of(0), of(1)])
  session.reset()
  expect(session.next([of(0), of(1)])).toMatchObject({ fields: { id: 0, epoch: 0 }, fetches: [of(0), of(1)] })
})

test('any other error is the caller’s, and keeps the session', () => {
  const session = createFetchSession()
  session.next([of(0)])
  session.handleResponse(answer(8))
  session.next([of(0)])
  expect(session.handleResponse(answer(8, 6))).toBe(true)
})
