import fc from 'fast-check'
import {
  allowedFlags,
  evaluatePolicy,
  worstDay,
  type FlaggedDay,
  type Held,
} from '../../../../processors/visits/policies/breaker.ts'
import { builtInPolicy, activePolicyOf } from '../../../../processors/visits/policies/active-policy.ts'
import { policyOf } from './policy-fixtures.ts'

const limit = { shareMax: 0.2, allowance: 3 }
const day = (policyVersion: number, visits: number, flagged: number, modelId: string | null = null): FlaggedDay => ({
  policyVersion,
  modelId,
  day: 20_000,
  visits,
  flagged,
})

test('a share of the visits may be flagged, and a few more if there are few', () => {
  expect([0, 4, 5, 100].map((visits) => allowedFlags(visits, limit))).toEqual([3, 3, 4, 23])
  expect(allowedFlags(100, { shareMax: 0.29, allowance: 0 })).toBe(29)
  expect(worstDay([day(1, 100, 23), day(1, 5, 4)], limit)).toBeUndefined()
  expect(worstDay([day(1, 100, 24), day(1, 5, 9)], limit)).toMatchObject({ flagged: 9 })
})

test('a policy that flags too much is held, and the previous one is active', () => {
  const one = policyOf(1)
  const two = policyOf(2, { former: one })
  const first = evaluatePolicy(two, undefined, [day(2, 100, 24), day(1, 100, 90)], limit)
  expect(first).toMatchObject({ kind: 'hold', held: { heldVersions: [2], inForce: { version: 1 } } })
  const { held } = first as { held: Held }
  expect(activePolicyOf(two, held).version).toBe(1)
  // The one before it flags too much as well: the built-in policy is left, which is never held.
  const second = evaluatePolicy(two, held, [day(2, 100, 24), day(1, 100, 90)], limit)
  expect(second).toMatchObject({ held: { version: 2, heldVersions: [2, 1], inForce: { version: 0 } } })
  const { held: both } = second as { held: Held }
  expect(evaluatePolicy(two, both, [day(0, 100, 90)], limit)).toMatchObject({ kind: 'warning' })
  // Whoever activates the next one may not know yet that its predecessor is held.
  const three = policyOf(3, { former: two })
  expect(evaluatePolicy(three, held, [day(3, 100, 24)], limit)).toMatchObject({ held: { inForce: { version: 1 } } })
})

test('who activates a policy knowing that it flags so much is not overruled', () => {
  expect(evaluatePolicy(policyOf(2, { forced: true }), undefined, [day(2, 100, 90)], limit)).toBeUndefined()
})

test('nor does that speak for a model that is released later', () => {
  expect(evaluatePolicy(policyOf(2, { forced: true }), undefined, [day(2, 100, 90, 'm')], limit)).toMatchObject({
    held: { heldModels: ['m'], heldVersions: [] },
  })
})

test('a model is held before the policy that uses it', () => {
  const policy = policyOf(2)
  const first = evaluatePolicy(policy, undefined, [day(2, 100, 90, 'm')], limit)
  expect(first).toMatchObject({ kind: 'hold', held: { heldModels: ['m'], heldVersions: [], inForce: { version: 2 } } })
  const { held } = first as { held: Held }
  expect(evaluatePolicy(policy, held, [day(2, 100, 90, 'm')], limit)).toBeUndefined()
  expect(evaluatePolicy(policy, held, [day(2, 100, 90)], limit)).toMatchObject({ held: { heldVersions: [2] } })
})

test('whatever is activated, released and counted: the active policy keeps the limit, was forced, or is the built-in one', () => {
  const step = fc.record({
    forced: fc.boolean(),
    counts: fc.array(
      fc.tuple(fc.integer({ min: 0, max: 6 }), fc.nat(50), fc.nat(50), fc.constantFrom(null, 'm1', 'm2')),
      { maxLength: 6 },
    ),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      let held: Held | undefined
      let policy = policyOf(1)
      for (const [i, { forced, counts }] of steps.entries()) {
        policy = policyOf(i + 1, { forced, former: i === 0 ? null : policy })
        const days = counts.map(([version, visits, flagged, modelId]) =>
          day(version, visits, Math.min(visits, flagged), modelId),
        )
        // Each hold may activate another policy that flags too much.
        for (let turn = 0; turn < 10; turn++) {
          const judged = evaluatePolicy(policy, held, days, limit)
          if (judged?.kind === 'hold') held = judged.held
        }
        const current = activePolicyOf(policy, held)
        const over = days.filter((one) => one.policyVersion === current.version && worstDay([one], limit) !== undefined)
        // A held model gives no scores.
        if (over.some(({ modelId }) => modelId !== null && held?.heldModels.includes(modelId) !== true)) return false
        const isOver = over.some(({ modelId }) => modelId === null)
        if (isOver && current.version !== builtInPolicy.version && !policy.forced) return false
      }
      return true
    }),
    { numRuns: 2_000 },
  )
})
