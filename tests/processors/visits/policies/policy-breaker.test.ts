import fc from 'fast-check'
import { allowedFlags } from '../../../../processors/visits/policies/breaker.ts'
import { policyBreaker } from '../../../../processors/visits/policies/policy-breaker.ts'
import { visitAssessment } from '../../../../processors/visits/visit-assessment.ts'
import { alerts, type Alert } from '../../../../schemas/customers/alerts.ts'
import { scores } from '../../../../schemas/models/scores.ts'
import { message, type Message, type Topic } from '../../../../schemas/topic.ts'
import { assessments, type Assessment } from '../../../../schemas/visits/assessments.ts'
import { noConditions, policies, type Policy } from '../../../../schemas/visits/policies.ts'
import { policyCounts, type PolicyCount } from '../../../../schemas/visits/policy-counts.ts'
import { policyHolds, type PolicyHold } from '../../../../schemas/visits/policy-holds.ts'
import { policyLimits } from '../../../../schemas/visits/policy-limits.ts'
import { createReplay, type ReplayInput } from '../../../../streams/replay/replay.ts'
import { globals, score } from '../../scoring-fixtures.ts'
import { lenient, policyOf, strict } from './policy-fixtures.ts'

const LIMIT = { shareMax: 0.25, allowance: 2 }
const limit = message(policyLimits, {
  ...{ id: 'limit', occurredAt: 0, source: 'test', name: 'visit-assessment', version: 1 },
  ...{ ...LIMIT, daysChecked: 0, changedBy: 'li' },
})
const of = <T>(topic: Topic<T>, messages: readonly Message[]) =>
  messages.filter((one) => one.topic === (topic as Topic)).map(({ value }) => value as T)

/** Runs the two processors side by side; each gets settings and the other’s output late or at once. */
function createWorld() {
  const assessing = createReplay(visitAssessment)
  const breaking = createReplay(policyBreaker)
  const published: Message[] = []
  const settings = new Map<string, Message>([['limit', limit]])
  const now = () => globals({ settings: [...settings.values()] })
  let heardByAssessing = now()
  let heardByBreaking = now()
  const take = (messages: readonly Message[]) => void published.push(...messages)
  let counted = 0
  return {
    published,
    visit: async (input: ReplayInput) => take(await assessing.run([input], heardByAssessing)),
    activate: (policy: Policy) => void settings.set('policy', message(policies, policy)),
    async assessorHears() {
      heardByAssessing = now()
      take(await assessing.reevaluate(heardByAssessing))
    },
    async breakerHears() {
      heardByBreaking = now()
      hold(await breaking.reevaluate(heardByBreaking))
    },
    async breakerReads() {
      const counts = of(policyCounts, published).slice(counted)
      counted += counts.length
      hold(
        await breaking.run(
          counts.map((value) => ({ topic: policyCounts as Topic, value })),
          heardByBreaking,
        ),
      )
    },
  }
  function hold(messages: readonly Message[]): void {
    take(messages)
    for (const one of messages) if (one.topic === (policyHolds as Topic)) settings.set('hold', one)
  }
}
type World = ReturnType<typeof createWorld>

async function settle(world: World): Promise<void> {
  for (let turn = 0; turn < 8; turn++) {
    await world.assessorHears()
    await world.breakerReads()
    await world.breakerHears()
  }
}

/** Counts flags per policy and day from the verdicts themselves, and visits per day. */
function flagsIn(
  made: readonly { readonly opportunityId: string; readonly day: number }[],
  published: readonly Message[],
) {
  const last = new Map(of(assessments, published).map((one) => [one.opportunityId, one]))
  const flags = new Map<string, number>()
  for (const { opportunityId, day } of made) {
    const assessment: Assessment | undefined = last.get(opportunityId)
    if (assessment === undefined || assessment.verdict === 'fine') continue
    const key = `${assessment.policyVersion}/${day}`
    flags.set(key, (flags.get(key) ?? 0) + 1)
  }
  return flags
}

const scored = (opportunityId: string, day: number, probability: number): ReplayInput => ({
  topic: scores as Topic,
  value: score(1, probability, { opportunityId, customerId: opportunityId, occurredAt: day * 86_400_000 }),
})

test('a policy that flags nearly everything is held, its flags are withdrawn, and an alert reports it', async () => {
  const world = createWorld()
  for (let i = 0; i < 10; i++) await world.visit(scored(`o${i}`, 20_000, 0.5))
  world.activate(policyOf(1))
  await settle(world)
  world.activate(policyOf(2, { ...strict, former: policyOf(1) }))
  await settle(world)
  const [held] = of(policyHolds, world.published) as [PolicyHold]
  expect(held).toMatchObject({ heldVersion: 2, visits: 10, flagged: 10, allowed: 4, inForce: { version: 1 } })
  const last = new Map(of(assessments, world.published).map((one) => [one.opportunityId, one]))
  expect([...last.values()].map(({ verdict, policyVersion }) => [verdict, policyVersion])).toEqual(
    Array.from({ length: 10 }, () => ['fine', 1]),
  )
  const told = () => of(alerts, world.published).filter(({ kind }: Alert) => kind === 'policy-held')
  expect(told()).toMatchObject([
    {
      raised: true,
      subjectId: 'visit-assessment/2',
      text: 'Version 2 of the policy is held: it flags 10 of 10 visits of 2024-10-04; 4 are allowed. The previous one is active again.',
    },
  ])
  world.activate(policyOf(3, { ...lenient, former: policyOf(1) }))
  await settle(world)
  expect(told().at(-1)).toMatchObject({ raised: false, subjectId: 'visit-assessment/2' })
  expect(of(policyHolds, world.published)).toHaveLength(1)
})

test('a policy that was activated by force is not held', async () => {
  const world = createWorld()
  for (let i = 0; i < 10; i++) await world.visit(scored(`o${i}`, 20_000, 0.5))
  world.activate(policyOf(1, { ...strict, forced: true }))
  await settle(world)
  expect(of(policyHolds, world.published)).toEqual([])
  expect(of(assessments, world.published).filter(({ verdict }) => verdict === 'invalid')).toHaveLength(10)
})

/** A policy that flags opportunities with a lower probability. */
const below = (probabilityBelow: number) => ({
  ...lenient,
  rules: [{ ...noConditions, verdict: 'invalid' as const, visitCountMin: 1, probabilityBelow }],
})

test('no sequence of visits, changes and replays lets a policy flag more than its limit without a hold', async () => {
  const act = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('visit'),
        day: fc.integer({ min: 1, max: 3 }),
        value: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('activate'),
        day: fc.constant(0),
        value: fc.double({ min: 0.05, max: 1, noNaN: true }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom('assessorHears', 'breakerHears', 'breakerReads'),
        day: fc.constant(0),
        value: fc.constant(0),
      }),
    },
  ) as fc.Arbitrary<{
    kind: 'visit' | 'activate' | 'assessorHears' | 'breakerHears' | 'breakerReads'
    day: number
    value: number
  }>
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 60 }), async (acts) => {
      const first = await play(acts)
      const again = await play(acts)
      // The same events in the same order give the same records, holds included.
      expect(JSON.stringify(again.world.published)).toBe(JSON.stringify(first.world.published))
      const { world, made, policy } = first
      const holds = of(policyHolds, world.published)
      const heldVersions = new Set(holds.flatMap((one) => one.heldVersions))
      for (const [key, flagged] of flagsIn(made, world.published)) {
        const [version, day] = key.split('/').map(Number) as [number, number]
        const visits = made.filter((one) => one.day === day).length
        if (version === 0 || flagged <= allowedFlags(visits, LIMIT)) continue
        throw new Error(
          `Version ${version} flags ${flagged} of ${visits}; held: ${[...heldVersions].join()}, at ${policy}`,
        )
      }
      expect(sums(of(policyCounts, world.published), made)).toBe(true)
    }),
    { numRuns: 60 },
  )
}, 60_000)

type Act = {
  readonly kind: 'visit' | 'activate' | 'assessorHears' | 'breakerHears' | 'breakerReads'
  readonly day: number
  readonly value: number
}

async function play(acts: readonly Act[]) {
  const world = createWorld()
  const made: { opportunityId: string; day: number }[] = []
  let policy: Policy | undefined
  for (const { kind, day, value } of acts) {
    if (kind === 'visit') {
      made.push({ opportunityId: `o${made.length}`, day })
      await world.visit(scored(`o${made.length - 1}`, day, value))
    } else if (kind === 'activate') {
      policy = policyOf((policy?.version ?? 0) + 1, { ...below(value), former: policy ?? null })
      world.activate(policy)
    } else await world[kind]()
  }
  await settle(world)
  return { world, made, policy: policy?.version ?? 0 }
}

/** Checks that the counts add up to the number of visits. */
function sums(counts: readonly PolicyCount[], made: readonly { readonly day: number }[]): boolean {
  return [1, 2, 3].every((day) => {
    const visits = counts.filter((one) => one.day === day).reduce((sum, one) => sum + one.visits, 0)
    return visits === made.filter((one) => one.day === day).length
  })
}
