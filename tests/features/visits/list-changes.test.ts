import fc from 'fast-check'
import { listChanges, rankByProbability } from '../../../features/visits/list-changes.ts'

const list = (of: Readonly<Record<string, number>>) =>
  rankByProbability(Object.entries(of).map(([opportunityId, probability]) => ({ opportunityId, probability })))
const open = () => true

test('names what is new, what is gone, and what moved, the largest moves first', () => {
  const before = list({ a: 0.5, b: 0.4, c: 0.3, d: 0.2 })
  const now = list({ a: 0.1, c: 0.304, d: 0.25, e: 0.9 })
  const changes = listChanges(before, now, (id) => id !== 'b')
  expect(
    changes.map(({ opportunityId, change, rankBefore, rank }) => [opportunityId, change, rankBefore, rank]),
  ).toEqual([
    ['e', 'new', null, 1],
    ['b', 'gone', 2, null],
    ['a', 'down', 1, 4],
    ['d', 'up', 4, 3],
    // The same probability to a point, but a better rank.
    ['c', 'up', 3, 2],
  ])
  expect(changes[2]).toMatchObject({ probabilityBefore: 0.5, probability: 0.1 })
})

test('an opportunity that fell out of the best, but is open, is not gone', () => {
  expect(listChanges(list({ a: 0.5, b: 0.4 }), list({ a: 0.5 }), open)).toEqual([])
})

const lists = fc
  .dictionary(fc.stringMatching(/^[a-f]$/), fc.double({ min: 0, max: 1, noNaN: true }))
  .map((of) => list({ ...of }))

test('a list does not differ from itself, and each change names an opportunity once', () => {
  fc.assert(
    fc.property(lists, lists, (before, now) => {
      expect(listChanges(now, now, open)).toEqual([])
      const present = new Set(now.map(({ opportunityId }) => opportunityId))
      const changes = listChanges(before, now, (id) => present.has(id))
      expect(new Set(changes.map(({ opportunityId }) => opportunityId)).size).toBe(changes.length)
      for (const { opportunityId, change, probability, probabilityBefore } of changes) {
        expect(present.has(opportunityId)).toBe(change !== 'gone')
        expect([probability === null, probabilityBefore === null]).toEqual([change === 'gone', change === 'new'])
      }
    }),
  )
})
