import fc from 'fast-check'
import { HOUR_MS } from '../../../schemas/durations.ts'
import { memoryStore } from '../../../streams/state/memory-store.ts'
import type { Store } from '../../../streams/state/store.ts'
import { createTaskState } from '../../../streams/state/task-state.ts'

const mark = { changelogId: 'x', changelogOffset: 0, writtenAt: 0 }
const stateOn = (store: Store) => createTaskState(store, { state: [] }, { cachedRecordsMax: 1_000 })

test('due timers come in order of time and once; those of later stay', () => {
  const { keyedState, timers } = stateOn(memoryStore())
  keyedState('c1').setTimer('late', 5 * HOUR_MS)
  keyedState('c2').setTimer('first', 1)
  keyedState('c1').setTimer('second', HOUR_MS)
  expect(timers.takeDue(2 * HOUR_MS, 10)).toEqual([
    { key: 'c2', name: 'first', at: 1 },
    { key: 'c1', name: 'second', at: HOUR_MS },
  ])
  expect(timers.takeDue(2 * HOUR_MS, 10)).toEqual([])
  expect(timers.takeDue(5 * HOUR_MS, 10)).toEqual([{ key: 'c1', name: 'late', at: 5 * HOUR_MS }])
})

test('setting a timer again moves it; clearing one that is not there does nothing', () => {
  const { keyedState, timers } = stateOn(memoryStore())
  keyedState('c1').setTimer('reminder', 10)
  keyedState('c1').setTimer('reminder', 7 * HOUR_MS)
  keyedState('c1').clearTimer('other')
  expect(timers.takeDue(HOUR_MS, 10)).toEqual([])
  keyedState('c1').clearTimer('reminder')
  expect(timers.takeDue(100 * HOUR_MS, 10)).toEqual([])
})

test('timers outlive a checkpoint and a restart', () => {
  const store = memoryStore()
  const before = stateOn(store)
  before.keyedState('客户/7').setTimer('a/b', -5)
  before.commit()
  before.checkpoint(mark)
  expect(stateOn(store).timers.takeDue(0, 10)).toEqual([{ key: '客户/7', name: 'a/b', at: -5 }])
})

test('a timer that was taken in a transaction that failed is due again', () => {
  const state = stateOn(memoryStore())
  state.keyedState('c1').setTimer('reminder', 1)
  state.commit()
  expect(state.timers.takeDue(1, 10)).toHaveLength(1)
  state.rollback()
  expect(state.timers.takeDue(1, 10)).toHaveLength(1)
})

const name = fc.constantFrom('a', 'b', 'x/y')
const key = fc.constantFrom('c1', 'c10', 'c2', '客户')
const at = fc.integer({ min: -20, max: 20 }).map((quarter) => quarter * (HOUR_MS / 4))
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('set' as const), key, name, at }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('clear' as const), key, name }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('take' as const), at, limit: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 2, arbitrary: fc.constant({ do: 'restart' as const }) },
)

test('whatever is set, moved, cleared and taken: the same as a sorted list would give', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const store = memoryStore()
      let state = stateOn(store)
      const model = new Map<string, { key: string; name: string; at: number }>()
      for (const one of steps) {
        if (one.do === 'set') {
          state.keyedState(one.key).setTimer(one.name, one.at)
          model.set(`${one.key} ${one.name}`, { key: one.key, name: one.name, at: one.at })
        } else if (one.do === 'clear') {
          state.keyedState(one.key).clearTimer(one.name)
          model.delete(`${one.key} ${one.name}`)
        } else if (one.do === 'take') {
          const due = [...model.values()].filter((timer) => timer.at <= one.at).sort((a, b) => a.at - b.at)
          const taken = state.timers.takeDue(one.at, one.limit)
          expect(taken.map((timer) => timer.at)).toEqual(due.slice(0, one.limit).map((timer) => timer.at))
          for (const timer of taken) {
            expect(model.get(`${timer.key} ${timer.name}`)).toEqual(timer)
            model.delete(`${timer.key} ${timer.name}`)
          }
        } else {
          state.commit()
          state.checkpoint(mark)
          state = stateOn(store)
        }
        state.commit()
      }
    }),
  )
})
