import fc from 'fast-check'
import { faults } from '../../soak/faults/faults.ts'
import { createSchedule } from '../../soak/schedule.ts'

const seeds = fc.integer({ min: 1, max: 1_000_000 })

test('a seed gives the same rounds again, regardless of draws in between', () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 1, max: 120 }), (seed, count) => {
      const rounds = createSchedule(seed, count, faults)
      createSchedule(seed + 1, 3, faults)
      expect(createSchedule(seed, count, faults)).toEqual(rounds)
      expect(rounds.map(({ number }) => number)).toEqual(Array.from({ length: count }, (_, index) => index + 1))
    }),
  )
})

test('each fault occurs once in each cycle', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const rounds = createSchedule(seed, 3 * faults.length, faults)
      for (let cycle = 0; cycle < 3; cycle++) {
        const names = rounds.slice(cycle * faults.length, (cycle + 1) * faults.length).map(({ fault }) => fault.name)
        expect(new Set(names).size).toBe(faults.length)
      }
    }),
  )
})

test('two to four processes, and never fewer than the fault needs', () => {
  const counts = createSchedule(7, 200, faults).map(({ processes, fault }) => {
    expect(processes).toBeGreaterThanOrEqual(fault.processesMin ?? 1)
    return processes
  })
  expect([...new Set(counts)].sort()).toEqual([2, 3, 4])
})

test('other seeds give other rounds', () => {
  const plans = [1, 2, 3, 4].map((seed) => JSON.stringify(createSchedule(seed, 20, faults)))
  expect(new Set(plans).size).toBe(4)
})

test('a plan names only existing processes', () => {
  for (const { plan, processes } of createSchedule(11, 400, faults)) {
    const named: number[] = []
    const collect = (value: unknown, name: string): void => {
      if (name === 'at' || name === 'killed' || name === 'members')
        for (const at of [value].flat()) if (typeof at === 'number') named.push(at)
      if (typeof value === 'object' && value !== null)
        Object.entries(value).forEach(([key, inner]) => collect(inner, key))
    }
    collect(plan, '')
    for (const at of named) expect(at).toBeLessThan(processes)
  }
})
