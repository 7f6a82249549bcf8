import fc from 'fast-check'
import { addEvidence, visitScores, type Evidence } from '../../../../processors/visits/evidence/visit-scores.ts'

const weights = new Map([
  ['a', { false: 0.6, invalid: 0.1 }],
  ['b', { false: 0.1, invalid: 0.5 }],
])
const limits = { falseFrom: 0.5, invalidFrom: 0.5 }
const found = (kind: string, score: number): Evidence => ({ kind, score, text: '', with: null })

test('weights times scores, apart for false and invalid', () => {
  expect(visitScores([found('a', 0.5), found('b', 1)], weights, limits)).toEqual({
    falseScore: 0.4,
    invalidScore: 0.55,
    verdict: 'invalid',
  })
  expect(visitScores([found('a', 1)], weights, limits).verdict).toBe('suspected_false')
  expect(visitScores([found('unknown', 1)], weights, limits).verdict).toBe('fine')
  expect(visitScores([], weights, { falseFrom: 0, invalidFrom: 0 }).verdict).toBe('fine')
})

test('a rule decides alone', () => {
  expect(visitScores([], weights, limits, 'invalid')).toMatchObject({ invalidScore: 1, verdict: 'invalid' })
})

test('of each kind the strongest counts', () => {
  const evidence = [found('a', 0.5)]
  addEvidence(evidence, found('a', 0.4))
  addEvidence(evidence, found('a', 0.7))
  addEvidence(evidence, found('b', 0.1))
  expect(evidence.map(({ kind, score }) => [kind, score])).toEqual([
    ['a', 0.7],
    ['b', 0.1],
  ])
})

test('more evidence never lowers a score, and no score exceeds 1', () => {
  const some = fc.array(
    fc.record({ kind: fc.constantFrom('a', 'b'), score: fc.double({ min: 0, max: 1, noNaN: true }) }),
  )
  fc.assert(
    fc.property(some, some, (one, other) => {
      const list = (items: readonly { kind: string; score: number }[]) =>
        items.map(({ kind, score }) => found(kind, score))
      const less = visitScores(list(one), weights, limits)
      const more = visitScores(list([...one, ...other]), weights, limits)
      expect(more.falseScore).toBeGreaterThanOrEqual(less.falseScore)
      expect(more.falseScore).toBeLessThanOrEqual(1)
    }),
  )
})
