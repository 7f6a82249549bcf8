import fc from 'fast-check'
import { journaledReevaluation } from '../../../streams/replay/journal-replay-reevaluation.ts'

const position = (sweptTo: string | null, sweeping: boolean) => ({
  sequence: 7,
  inputs: [],
  settingsVersion: 'a',
  sweeping,
  sweptTo,
  sweptFor: null,
})
const sorted = (keys: readonly string[]) => keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
const isAfter = (key: string, other: string) => Buffer.compare(Buffer.from(key), Buffer.from(other)) > 0
const pagesOf =
  (keys: readonly string[]) =>
  (after: string | null, limit: number): string[] =>
    keys.filter((key) => after === null || isAfter(key, after)).slice(0, limit)

test('a transaction without a reevaluation has none, whatever keys there are', () => {
  expect(journaledReevaluation(undefined, 'b', null, pagesOf(['x']))).toBeUndefined()
  expect(journaledReevaluation(position(null, false), 'a', null, pagesOf(['x']))).toBeUndefined()
})

test('the steps that the journal names go over every key once, however far each of them went', () => {
  const keys = fc.uniqueArray(fc.string({ minLength: 1, unit: 'binary' }), { maxLength: 700 }).map(sorted)
  fc.assert(
    fc.property(keys, fc.array(fc.nat(699), { maxLength: 5 }), (all, stops) => {
      const ends = [...new Set(stops)].sort((a, b) => a - b).flatMap((stop) => all[stop] ?? [])
      let before = position(null, false)
      const swept: string[] = []
      for (const end of [...ends, null]) {
        const step = journaledReevaluation(before, 'b', end, pagesOf(all))!
        expect(step.more).toBe(end !== null)
        swept.push(...step.keys)
        before = { ...position(end, true), settingsVersion: 'b' }
      }
      expect(swept).toEqual(all)
    }),
    { numRuns: 50 },
  )
})
