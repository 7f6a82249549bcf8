import { countsByHour } from './hours.ts'
import { START, DAY_MS, days, eventsOf, hashOf, worldOf } from './simulated.ts'
import type { Call } from '../../schemas/calls/calls.ts'
import type { Profile } from '../../schemas/customers/profiles.ts'
import type { Transaction } from '../../schemas/customers/banking.ts'
import { createWorld, type Arrival } from '../../simulator/world.ts'

const small = { customers: 40, salespeople: 6, teams: 2 }

describe('a world', () => {
  it('is the same for the same options, and another for another seed', () => {
    const hash = hashOf(days(worldOf(small), 0, 30))
    expect(hashOf(days(worldOf(small), 0, 30))).toBe(hash)
    expect(hashOf(days(worldOf({ ...small, seed: 'other' }), 0, 30))).not.toBe(hash)
  })

  it('gives the same events however its history is cut', () => {
    const world = worldOf(small)
    const whole = days(world, 0, 20)
    expect([...days(world, 0, 7.3), ...days(world, 7.3, 7.4), ...days(world, 7.4, 20)]).toEqual(whole)
    expect(days(world, -5, 0)).toEqual([])
    expect(days(world, 3, 3)).toEqual([])
  })

  it('has the promised size, created within ten seconds', () => {
    // CPU time, so that other processes on the machine do not count.
    const before = process.cpuUsage()
    let count = 0
    for (const arrival of worldOf().history(START, START + 90 * DAY_MS)) count += arrival.topic === '' ? 0 : 1
    expect(count).toBeGreaterThan(60_000)
    expect(count).toBeLessThan(120_000)
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(10_000)
  })

  it('begins at a midnight in Shanghai and refuses sizes that cannot be', () => {
    expect(worldOf({ startAt: START + 5 * 3_600_000 }).options.startAt).toBe(START)
    expect(() => worldOf({ customers: 0 })).toThrow('whole number of customers')
    expect(() => worldOf({ teams: 1.5 })).toThrow('whole number of teams')
    expect(() => createWorld({ seed: '', startAt: NaN })).toThrow('a time to start at')
    expect(() => worldOf(small).truth(START + DAY_MS / 2)).toThrow('a whole day')
  })

  it('lives by the clock of its people: asleep at night, at work on weekdays, paid once a month', () => {
    const arrivals = days(worldOf({ customers: 200 }), 0, 60)
    const payments = eventsOf<Transaction>(arrivals, 'transactions').filter(({ kind }) => kind === 'card')
    const hours = countsByHour(payments.map(({ occurredAt }) => occurredAt))
    expect(hours.slice(0, 5).reduce((sum, count) => sum + count, 0)).toBeLessThan(payments.length * 0.02)
    expect(hours[18]! + hours[19]!).toBeGreaterThan(3 * (hours[15]! + hours[5]!))
    const calls = eventsOf<Call>(arrivals, 'calls').filter(({ direction }) => direction === 'outbound')
    expect(calls.filter(({ occurredAt }) => [0, 6].includes(new Date(occurredAt + 8 * 3_600_000).getUTCDay()))).toEqual(
      [],
    )
    const salaries = eventsOf<Transaction>(arrivals, 'transactions').filter(({ kind }) => kind === 'salary')
    expect(salaries.length / 200).toBeGreaterThan(1.8)
    expect(salaries.length / 200).toBeLessThan(2.2)
    expect(new Set(eventsOf<Profile>(arrivals, 'profiles').map(({ timeZone }) => timeZone)).size).toBeGreaterThan(1)
  })
})

describe('live', () => {
  /** A wall clock that advances only by waiting. */
  function clock(startAt: number) {
    let time = startAt
    return {
      now: () => time,
      wait: (delayMs: number) => Promise.resolve((time += delayMs)),
      set: (to: number) => (time = to),
    }
  }

  async function told(
    from: number,
    wall: ReturnType<typeof clock>,
    speed: number,
    count: number,
  ): Promise<{ arrival: Arrival; toldAt: number }[]> {
    const all: { arrival: Arrival; toldAt: number }[] = []
    for await (const arrival of worldOf(small).live({ from, speed, ...wall })) {
      all.push({ arrival, toldAt: wall.now() })
      if (all.length === count) break
    }
    return all
  }

  it('continues the history at its own pace', async () => {
    const from = START + 5 * DAY_MS + 12_345
    const live = await told(from, clock(from), 1, 100)
    expect(live.map(({ arrival }) => arrival)).toEqual(
      days(worldOf(small), 5, 15)
        .filter(({ arrivesAt }) => arrivesAt >= from)
        .slice(0, 100),
    )
    for (const { arrival, toldAt } of live) expect(toldAt).toBe(arrival.arrivesAt)
  })

  it('runs faster only until it has caught up with the wall clock', async () => {
    const from = START + 5 * DAY_MS
    const begunAt = from + DAY_MS
    const live = await told(from, clock(begunAt), 24, 400)
    const behind = live.filter(({ arrival }) => arrival.arrivesAt < begunAt + DAY_MS / 24)
    expect(behind.length).toBeGreaterThan(30)
    for (const { arrival, toldAt } of behind) expect(toldAt - begunAt).toBeCloseTo((arrival.arrivesAt - from) / 24, 0)
    const caughtUp = live.filter(({ arrival }) => arrival.arrivesAt > begunAt + DAY_MS / 12)
    expect(caughtUp.length).toBeGreaterThan(30)
    for (const { arrival, toldAt } of caughtUp) expect(toldAt).toBe(arrival.arrivesAt)
    for (const { arrival, toldAt } of live) expect(toldAt).toBeGreaterThanOrEqual(arrival.arrivesAt)
  })

  it('stops at once on request, also in the middle of a wait', async () => {
    const stop = new AbortController()
    const from = START + 5 * DAY_MS
    const stream = worldOf(small).live({ from, signal: stop.signal, now: () => from - 60_000_000 })
    const first = stream.next()
    stop.abort()
    expect(await first).toEqual({ done: true, value: undefined })
    await expect(worldOf(small).live({ from, speed: 0 }).next()).rejects.toThrow('must be positive')
  })
})
