import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { createConcurrencyLimiter } from '../../../kafka/cluster/concurrency-limiter.ts'

test('never more at once than allowed per name; all get their turn in order, and failures free their place', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(
        fc.record({ name: fc.constantFrom('a', 'b'), turns: fc.integer({ min: 0, max: 3 }), fails: fc.boolean() }),
      ),
      async (atOnceMax, works) => {
        const turnstile = createConcurrencyLimiter(atOnceMax)
        const inside = { a: 0, b: 0 }
        const begun: Record<'a' | 'b', number[]> = { a: [], b: [] }
        let most = 0
        const results = await Promise.allSettled(
          works.map(({ name, turns, fails }, index) =>
            turnstile.run(name, async () => {
              begun[name].push(index)
              most = Math.max(most, ++inside[name])
              for (let count = 0; count < turns; count++) await turn()
              inside[name]--
              if (fails) throw new Error('failed')
              return index
            }),
          ),
        )
        expect(most).toBeLessThanOrEqual(atOnceMax)
        expect(results.map(({ status }) => status === 'rejected')).toEqual(works.map(({ fails }) => fails))
        for (const name of ['a', 'b'] as const)
          expect(begun[name]).toEqual(begun[name].toSorted((one, other) => one - other))
      },
    ),
    { numRuns: 50 },
  )
})
