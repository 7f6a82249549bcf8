import { jest } from '@jest/globals'
import { createSilentNodes } from '../../../kafka/cluster/silent-nodes.ts'

const SILENCE_MS = 2_000

beforeEach(() => void jest.useFakeTimers())
afterEach(() => void jest.useRealTimers())

function scene() {
  const there = new Set([1, 2])
  const asked: number[] = []
  const givenUp: number[] = []
  let reachable = true
  const nodes = createSilentNodes({
    ask: () => {
      asked.push(asked.length)
      return reachable ? Promise.resolve() : Promise.reject(new Error('no broker answers'))
    },
    isInCluster: (nodeId) => there.has(nodeId),
    giveUp: (nodeId) => void givenUp.push(nodeId),
  })
  return { nodes, there, asked, givenUp, unreachable: () => (reachable = false) }
}

test('an answer in time costs no question', async () => {
  const { nodes, asked } = scene()
  expect(await nodes.watch(1, Promise.resolve('answer'))).toBe('answer')
  await jest.advanceTimersByTimeAsync(10 * SILENCE_MS)
  expect(asked).toEqual([])
})

test('a node that leaves a request unanswered is given up as soon as the cluster has done so', async () => {
  const { nodes, there, asked, givenUp } = scene()
  const work = Promise.withResolvers<string>()
  const watched = nodes.watch(2, work.promise)
  await jest.advanceTimersByTimeAsync(2 * SILENCE_MS)
  expect(asked.length).toBeGreaterThan(1)
  expect(givenUp).toEqual([])
  there.delete(2)
  await jest.advanceTimersByTimeAsync(SILENCE_MS)
  expect(givenUp).toContain(2)
  work.reject(new Error('broken'))
  await expect(watched).rejects.toThrow('broken')
  const questions = asked.length
  await jest.advanceTimersByTimeAsync(10 * SILENCE_MS)
  expect(asked).toHaveLength(questions)
})

test('no node is given up while no broker can be reached', async () => {
  const { nodes, there, givenUp, unreachable } = scene()
  unreachable()
  there.delete(1)
  const work = Promise.withResolvers<string>()
  void nodes.watch(1, work.promise)
  await jest.advanceTimersByTimeAsync(5 * SILENCE_MS)
  expect(givenUp).toEqual([])
  work.resolve('late')
})
