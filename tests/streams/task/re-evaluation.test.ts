import fc from 'fast-check'
import type { Position } from '../../../streams/state/reserved-kinds.ts'
import { nextReevaluation } from '../../../streams/task/re-evaluation.ts'

const position = (changes: Partial<Position> = {}): Position => ({
  sequence: 7,
  inputs: [],
  settingsVersion: 'm1',
  sweeping: false,
  sweptTo: null,
  sweptFor: null,
  ...changes,
})
const keysOf = (keys: readonly string[]) => (after: string | null, limit: number) =>
  keys.filter((key) => after === null || key > after).slice(0, limit)
const noKeys = () => {
  throw new Error('Must not be called.')
}

test('nothing has changed, or nothing was decided yet: no re-evaluation', () => {
  expect(nextReevaluation(position(), 'm1', noKeys)).toBeUndefined()
  expect(nextReevaluation(undefined, 'm2', noKeys)).toBeUndefined()
})

test('a change begins at the first key; a few keys are done at once', () => {
  expect(nextReevaluation(position({ sweptTo: 'x' }), 'm2', keysOf(['a', 'b']))).toEqual({
    keys: ['a', 'b'],
    id: 'm2',
    more: false,
  })
})

test('a re-evaluation in progress continues after its last key, and a newer change restarts it', () => {
  const underWay = position({ settingsVersion: 'm2', sweeping: true, sweptTo: 'b' })
  expect(nextReevaluation(underWay, 'm2', keysOf(['a', 'b', 'c']))).toMatchObject({ keys: ['c'] })
  expect(nextReevaluation(underWay, 'm3', keysOf(['a', 'b', 'c']))).toMatchObject({ keys: ['a', 'b', 'c'], id: 'm3' })
})

test('for any number of keys: each is swept once, in order, and the last step is marked as the last', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_001 }), (count) => {
      const keys = Array.from({ length: count }, (_, index) => `c${String(index).padStart(5, '0')}`)
      const swept: string[] = []
      let at = position()
      for (let steps = 0; ; steps++) {
        expect(steps).toBeLessThan(count + 2)
        const step = nextReevaluation(at, 'm2', keysOf(keys))!
        swept.push(...step.keys)
        at = position({ settingsVersion: step.id, sweeping: step.more, sweptTo: step.more ? step.keys.at(-1)! : null })
        if (!step.more) break
      }
      expect(swept).toEqual(keys)
      expect(nextReevaluation(at, 'm2', noKeys)).toBeUndefined()
    }),
    { numRuns: 30 },
  )
})

test('of several scorers those decide again whose settings have changed, until the pass is complete', () => {
  const one = position({ settingsVersion: 'a:1 b:1' })
  const decidersOf = (at: Position, now: string) => nextReevaluation(at, now, keysOf(['x']))!.deciders
  expect(decidersOf(one, 'a:1 b:2')).toEqual(['b'])
  expect(decidersOf(one, 'a:2 b:2')).toEqual(['a', 'b'])
  expect(decidersOf(one, 'a:1 b:1 c:1')).toEqual(['c'])
  const underWay = position({ settingsVersion: 'a:1 b:2', sweeping: true, sweptTo: 'w', sweptFor: ['b'] })
  expect(decidersOf(underWay, 'a:1 b:2')).toEqual(['b'])
  expect(decidersOf(underWay, 'a:2 b:2')).toEqual(['b', 'a'])
  // The sweep began with all scorers deciding.
  expect(decidersOf({ ...underWay, sweptFor: null }, 'a:1 b:2')).toBeUndefined()
  expect(decidersOf(position(), 'm2')).toBeUndefined()
})
