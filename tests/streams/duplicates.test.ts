import fc from 'fast-check'
import { seenBefore } from '../../streams/duplicates.ts'
import { memoryStore } from '../../streams/memory-store.ts'
import { seenKind } from '../../streams/reserved-kinds.ts'
import { createTaskState } from '../../streams/task-state.ts'

const HOUR_MS = 3_600_000
const GRACE_MS = 6 * HOUR_MS
const START = Date.UTC(2026, 0, 1)

const stateUnderTest = () => createTaskState(memoryStore(), { state: [] }, { cachedRecordsMax: 1_000 })

test('an id is new once; other ids, topics and keys are told apart', () => {
  const state = stateUnderTest()
  const seen = (key: string, topic: string, id: string) => seenBefore(state.memory(key), topic, id, START, GRACE_MS)
  expect(seen('c1', 'transactions', 'a')).toBe(false)
  expect(seen('c1', 'transactions', 'a')).toBe(true)
  expect(seen('c1', 'transactions', 'b')).toBe(false)
  expect(seen('c1', 'visits', 'a')).toBe(false)
  expect(seen('c2', 'transactions', 'a')).toBe(false)
  expect(seen('c1', 'transactions', 'a')).toBe(true)
})

test('what a transaction that did not happen has seen is not remembered; what a committed one has seen is', () => {
  const state = stateUnderTest()
  const seen = () => seenBefore(state.memory('c1'), 'transactions', 'a', START, GRACE_MS)
  expect(seen()).toBe(false)
  state.rollback()
  expect(seen()).toBe(false)
  state.commit()
  expect(seen()).toBe(true)
})

test('within the grace a repeated event is always known, and a new one never is, in any order of times', () => {
  // An id is enough: a repeated event has the time that it had.
  const timeOf = (number: number) => START + ((number * 7_919) % 40) * (HOUR_MS / 4)
  fc.assert(
    fc.property(fc.array(fc.nat(60), { maxLength: 150 }), (numbers) => {
      const state = stateUnderTest()
      const folded = new Set<number>()
      let newest = Number.NEGATIVE_INFINITY
      for (const number of numbers) {
        const at = timeOf(number)
        newest = Math.max(newest, at)
        const known = seenBefore(state.memory('c1'), 'transactions', `t${number}`, at, GRACE_MS)
        if (!folded.has(number)) expect(known).toBe(false)
        else if (newest - at <= GRACE_MS) expect(known).toBe(true)
        folded.add(number)
        state.commit()
      }
    }),
  )
})

test('times before 1970 are kept in order too', () => {
  const state = stateUnderTest()
  for (const hour of [-3, -2, -1, 0, 1]) {
    expect(seenBefore(state.memory('c1'), 'transactions', `h${hour}`, hour * HOUR_MS, GRACE_MS)).toBe(false)
  }
  for (const hour of [-3, -2, -1, 0, 1]) {
    expect(seenBefore(state.memory('c1'), 'transactions', `h${hour}`, hour * HOUR_MS, GRACE_MS)).toBe(true)
  }
})

test('memory is bounded by the grace, however long the customer lives', () => {
  const state = stateUnderTest()
  for (let hour = 0; hour < 500; hour++) {
    seenBefore(state.memory('c1'), 'transactions', `t${hour}`, START + hour * HOUR_MS, GRACE_MS)
    state.commit()
  }
  const kept = [...state.memory('c1').scan(seenKind)].length
  expect(kept).toBeGreaterThanOrEqual(GRACE_MS / HOUR_MS)
  expect(kept).toBeLessThanOrEqual(GRACE_MS / HOUR_MS + 4)
})
