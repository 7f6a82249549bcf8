import fc from 'fast-check'
import { HOUR_MS } from '../../../schemas/durations.ts'
import { SEEN_LIST_MAX, seenBefore } from '../../../streams/input/duplicates.ts'
import { memoryStore } from '../../../streams/state/memory-store.ts'
import { seenKind } from '../../../streams/state/reserved-kinds.ts'
import { createTaskState } from '../../../streams/state/task-state.ts'
import type { Store } from '../../../streams/state/store.ts'

const GRACE_MS = 6 * HOUR_MS
const START = Date.UTC(2026, 0, 1)

const MARK = { changelogId: '', changelogOffset: 0, writtenAt: 0 }

const stateUnderTest = (store: Store = memoryStore()) =>
  createTaskState(store, { state: [] }, { cachedRecordsMax: 1_000 })

test('an id is new once; other ids, topics and keys are distinguished', () => {
  const state = stateUnderTest()
  const seen = (key: string, topic: string, id: string) =>
    seenBefore(state, state.keyedState(key), topic, id, START, GRACE_MS)
  expect(seen('c1', 'transactions', 'a')).toBe(false)
  expect(seen('c1', 'transactions', 'a')).toBe(true)
  expect(seen('c1', 'transactions', 'b')).toBe(false)
  expect(seen('c1', 'visits', 'a')).toBe(false)
  expect(seen('c2', 'transactions', 'a')).toBe(false)
  expect(seen('c1', 'transactions', 'a')).toBe(true)
})

test('ids seen by an aborted transaction are forgotten; those of a committed one are remembered', () => {
  const state = stateUnderTest()
  const seen = () => seenBefore(state, state.keyedState('c1'), 'transactions', 'a', START, GRACE_MS)
  expect(seen()).toBe(false)
  state.rollback()
  expect(seen()).toBe(false)
  state.commit()
  expect(seen()).toBe(true)
})

test('within the grace a repeated event is always known, and a new one never is, in any order of times', () => {
  // The time follows from the id, since a repeated event has the same time.
  const timeOf = (number: number) => START + ((number * 7_919) % 40) * (HOUR_MS / 4)
  fc.assert(
    fc.property(fc.array(fc.nat(60), { maxLength: 150 }), (numbers) => {
      const state = stateUnderTest()
      const folded = new Set<number>()
      let newest = Number.NEGATIVE_INFINITY
      for (const number of numbers) {
        const at = timeOf(number)
        newest = Math.max(newest, at)
        const known = seenBefore(state, state.keyedState('c1'), 'transactions', `t${number}`, at, GRACE_MS)
        if (!folded.has(number)) expect(known).toBe(false)
        else if (newest - at <= GRACE_MS) expect(known).toBe(true)
        folded.add(number)
        state.commit()
      }
    }),
  )
})

test('the same for a busy key, whose ids fill many pages, over restarts and aborted transactions', () => {
  const timeOf = (number: number) => START + (number % 12) * HOUR_MS
  const number = fc.nat(1_500)
  fc.assert(
    fc.property(
      fc.array(fc.tuple(number, fc.constantFrom('commit', 'rollback', 'restart')), { maxLength: 40 }),
      (steps) => {
        const store = memoryStore()
        let state = stateUnderTest(store)
        const folded = new Set<number>()
        let newest = Number.NEGATIVE_INFINITY
        for (const [first, end] of steps) {
          const wave = Array.from({ length: 300 }, (_, place) => (first + place * 7) % 1_500)
          const isNew = new Set<number>()
          for (const one of wave) {
            const at = timeOf(one)
            const known = seenBefore(state, state.keyedState('c1'), 'visits', `v${one}`, at, GRACE_MS)
            if (!folded.has(one) && !isNew.has(one)) expect(known).toBe(false)
            else if (Math.max(newest, ...wave.map(timeOf)) - at <= GRACE_MS) expect(known).toBe(true)
            isNew.add(one)
          }
          if (end === 'rollback') {
            state.rollback()
            continue
          }
          for (const one of isNew) folded.add(one)
          newest = Math.max(newest, ...wave.map(timeOf))
          state.commit()
          if (end === 'commit') continue
          state.checkpoint(MARK)
          state = stateUnderTest(store)
        }
      },
    ),
    { numRuns: 10 },
  )
})

test('hundreds of thousands of ids of a key in one hour: each changes about one record, and no record grows', () => {
  const state = stateUnderTest()
  const WAVE = 100_000
  let largest = 0
  let changed = 0
  for (let wave = 0; wave < 3; wave++) {
    for (let number = wave * WAVE; number < (wave + 1) * WAVE; number++) {
      if (
        seenBefore(
          state,
          state.keyedState('c1'),
          'visits',
          `0b5e-${number}`,
          START + (number % 3_600) * 1_000,
          GRACE_MS,
        )
      )
        throw new Error(`${number} was taken for another`)
      if (number % 1_000 !== 999) continue
      for (const cell of state.staged()) largest = Math.max(largest, cell.encoded()?.length ?? 0)
      changed += state.staged().length
      state.commit()
      if (state.unflushedBytes > 32 << 20) state.checkpoint(MARK)
    }
  }
  expect(largest).toBe(8 * SEEN_LIST_MAX)
  expect(changed).toBeLessThanOrEqual(3 * WAVE + 300)
  // The last ids are remembered as well as the first.
  for (const number of [0, 1, 77_777, 150_000, 299_999])
    expect(
      seenBefore(state, state.keyedState('c1'), 'visits', `0b5e-${number}`, START + (number % 3_600) * 1_000, GRACE_MS),
    ).toBe(true)
}, 60_000)

test('of a busy hour beyond the grace a few pages go with each event, until none is left', () => {
  const store = memoryStore()
  const state = stateUnderTest(store)
  const see = (id: string, hour: number) => {
    const known = seenBefore(state, state.keyedState('c1'), 'visits', id, START + hour * HOUR_MS, GRACE_MS)
    const staged = state.staged().length
    state.commit()
    return { known, staged }
  }
  const records = () => {
    state.checkpoint(MARK)
    return [...store.range(Buffer.from([0]), Buffer.from([255]))].length
  }
  for (let number = 0; number < 20_000; number++) see(`v${number}`, 0)
  const full = records()
  expect(full).toBeGreaterThan(500)
  let events = 0
  for (let hour = 10; records() > 16; hour++) {
    // The later ids of each hour are put into pages again.
    for (let number = 0; number < 500; number++, events++)
      expect(see(`w${hour}/${number}`, hour).staged).toBeLessThanOrEqual(80)
    if (events > 20_000) break
  }
  // A key that is no longer busy forgets its ids hour by hour.
  for (let hour = 200; records() > 12 && hour < 2_000; hour++)
    expect(see(`x${hour}`, hour).staged).toBeLessThanOrEqual(80)
  expect(records()).toBeLessThanOrEqual(12)
})

test('events of an hour that is being forgotten are folded, and remembered in its few newest ids', () => {
  const state = stateUnderTest()
  const see = (id: string, hour: number) => {
    const known = seenBefore(state, state.keyedState('c1'), 'visits', id, START + hour * HOUR_MS, GRACE_MS)
    state.commit()
    return known
  }
  for (let number = 0; number < 20_000; number++) see(`v${number}`, 0)
  see('later', 100)
  for (let number = 0; number < 200; number++) {
    expect(see(`late${number}`, 0)).toBe(false)
    expect(see(`late${number}`, 0)).toBe(true)
  }
  expect(state.keyedState('c1').get(seenKind, `visits/${Math.floor(START / HOUR_MS) + 1_000_000_000}`)).toHaveLength(
    SEEN_LIST_MAX,
  )
})

test('times before 1970 are kept in order too', () => {
  const state = stateUnderTest()
  for (const hour of [-3, -2, -1, 0, 1]) {
    expect(seenBefore(state, state.keyedState('c1'), 'transactions', `h${hour}`, hour * HOUR_MS, GRACE_MS)).toBe(false)
  }
  for (const hour of [-3, -2, -1, 0, 1]) {
    expect(seenBefore(state, state.keyedState('c1'), 'transactions', `h${hour}`, hour * HOUR_MS, GRACE_MS)).toBe(true)
  }
})

test('memory is bounded by the grace, however long the customer lives', () => {
  const state = stateUnderTest()
  for (let hour = 0; hour < 500; hour++) {
    seenBefore(state, state.keyedState('c1'), 'transactions', `t${hour}`, START + hour * HOUR_MS, GRACE_MS)
    state.commit()
  }
  const kept = [...state.keyedState('c1').scan(seenKind)].length
  expect(kept).toBeGreaterThanOrEqual(GRACE_MS / HOUR_MS)
  expect(kept).toBeLessThanOrEqual(GRACE_MS / HOUR_MS + 4)
})
