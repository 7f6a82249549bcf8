import fc from 'fast-check'
import { clockKind } from '../../../../features/calls/routing/desk-clock.ts'
import { AGENTS_MAX } from '../../../../features/calls/routing/desk.ts'
import { defaultPlan } from '../../../../processors/calls/routing/default-plan.ts'
import { routing } from '../../../../processors/calls/routing/routing.ts'
import type { Globals } from '../../../../processors/processor.ts'
import { agentStates } from '../../../../schemas/calls/agent-states.ts'
import { callsToRoute } from '../../../../schemas/calls/calls-to-route.ts'
import { reservationAnswers } from '../../../../schemas/calls/reservation-answers.ts'
import { routingDecisions, type RoutingDecision } from '../../../../schemas/calls/routing-decisions.ts'
import { routingPlans, type RoutingPlan } from '../../../../schemas/calls/routing-plans.ts'
import { clock } from '../../../../schemas/platform/clock.ts'
import { message } from '../../../../schemas/topic.ts'
import { createReplay, noGlobals, type ReplayInput } from '../../../../streams/replay/replay.ts'
import { agent, answer, asked, said, SECOND, START } from '../../../features/calls/routing/desks.ts'
import { globals } from '../../scoring-fixtures.ts'

const tick = (second: number): ReplayInput => ({
  topic: clock,
  value: { id: `tick${second}`, occurredAt: START + second * SECOND, source: 'test', partition: 0 },
})
const ofAgent = (...args: Parameters<typeof agent>): ReplayInput => ({ topic: agentStates, value: agent(...args) })
const ofCall = (...args: Parameters<typeof asked>): ReplayInput => ({ topic: callsToRoute, value: asked(...args) })
const ofAnswer = (...args: Parameters<typeof answer>): ReplayInput => ({
  topic: reservationAnswers,
  value: answer(...args),
})

/** Feeds the decisions back to the processor, as their topic does. */
async function decide(inputs: readonly ReplayInput[], of: Globals = noGlobals, batchSize = 1) {
  const run = createReplay(routing, { batchSize })
  const decided: RoutingDecision[] = []
  for (const input of inputs) {
    const messages = await run.run([input], of)
    decided.push(...messages.map(({ value }) => value as RoutingDecision))
    await run.run(
      messages.map(({ value }) => ({ topic: routingDecisions, value })),
      of,
    )
  }
  return { decided, run }
}

function plan(changes: Partial<RoutingPlan>): Globals {
  const frame = { id: 'p', occurredAt: START, source: 'test', desk: 'sales', changedBy: 'li' }
  return globals({ settings: [message(routingPlans, { ...frame, ...defaultPlan, ...changes })] })
}

test('an unanswered offer times out with the clock, and goes to the next agent', async () => {
  const { decided } = await decide([
    ...[ofAgent(0, 'ann'), ofAgent(1, 'bob'), ofCall(2, 'r1'), tick(10), tick(17)],
    ...[ofAnswer(18, 'r1/2', 'accepted'), tick(60)],
  ])
  expect(said(decided)).toEqual(['r1 pending ann', 'r1 timeout ann', 'r1 pending bob', 'r1 accepted bob'])
  expect(decided.map(({ occurredAt }) => (occurredAt - START) / SECOND)).toEqual([2, 17, 17, 18])
  expect(new Set(decided.map(({ id }) => id)).size).toBe(4)
})

test('wrap-ups and agents’ states end with the clock too', async () => {
  const { decided } = await decide([
    ofAgent(0, 'ann', { expiresAt: START + 200 * SECOND, capacity: 2 }),
    ...[ofCall(1, 'r1'), ofAnswer(2, 'r1/1', 'completed'), tick(63), tick(150), ofCall(190, 'r2'), tick(200)],
  ])
  expect(said(decided)).toEqual([
    ...['r1 pending ann', 'r1 wrapping ann', 'r1 completed ann'],
    ...['r2 pending ann', 'r2 rescinded ann', 'r2 waiting'],
  ])
})

test('the plan of the desk applies from the next event on; without one, that of all desks', async () => {
  const [ann, bob] = [ofAgent(0, 'ann', { expertise: { loan: 0.5 } }), ofAgent(1, 'bob', { expertise: { loan: 1 } })]
  const call = ofCall(2, 'r1', { intent: 'loan' })
  expect((await decide([ann, bob, call])).decided[0]).toMatchObject({ agentId: 'ann', scoredAgentId: 'bob' })
  for (const desk of ['sales', 'default']) {
    const { decided } = await decide([ann, bob, call], plan({ desk, release: 'ACTIVE', version: 3 }))
    expect(decided[0]).toMatchObject({ agentId: 'bob', release: 'ACTIVE', planVersion: 3, decidedBy: 'score' })
  }
})

test('the desk’s time follows the clock: an event from tomorrow ends nothing early, one from yesterday nothing at once', async () => {
  const day = 86_400
  const { decided } = await decide([
    ...[ofAgent(0, 'ann'), ofAgent(1, 'bob'), tick(60), tick(120), ofCall(121, 'r1')],
    // In the first case the call system’s clock was wrong, in the second the network was down.
    ...[ofAgent(day, 'cem', { expiresAt: START + (day + 60) * SECOND }), ofCall(-600, 'r2'), tick(122)],
  ])
  expect(said(decided)).toEqual(['r1 pending ann', 'r2 pending bob'])
  const times = decided.map(({ occurredAt, dueAt }) => [(occurredAt - START) / SECOND, (dueAt! - START) / SECOND])
  expect(times[0]).toEqual([121, 136])
  expect(times[1]![0]).toBeLessThanOrEqual(121 + 600)
  expect(times[1]![0]).toBeGreaterThanOrEqual(120)
})

test('a clock of large steps keeps up with events, as in a simulated world', async () => {
  const seconds = Array.from({ length: 60 }, (_, index) => 100 * index)
  const { decided } = await decide(
    seconds.flatMap((second) => [
      ...(second === 0 ? [ofAgent(0, 'ann', { capacity: 50, expiresAt: START + 86_400 * SECOND })] : []),
      ...[ofCall(second, `r${second}`), ofAnswer(second + 1, `r${second}/1`, 'wrapped-up'), tick(second + 2)],
    ]),
  )
  const offers = decided.filter(({ state }) => state === 'pending')
  expect(offers.map(({ occurredAt }) => (occurredAt - START) / SECOND)).toEqual(seconds)
})

test('an idle desk stops its clock, and restarts it with the next event', async () => {
  const day = 20 * 3_600
  const { decided, run } = await decide([
    ofAgent(0, 'ann', { expiresAt: START + 86_400 * SECOND }),
    ...Array.from({ length: 70 }, (_, minute) => tick(60 * (minute + 1))),
    ofCall(day, 'r1'),
  ])
  expect(said(decided)).toEqual(['r1 pending ann'])
  expect((decided[0]!.occurredAt - START) / SECOND).toBe(day)
  expect(run.state('sales').get(clockKind, '')).toEqual(Float64Array.of(START + day * SECOND, START + day * SECOND))
})

test('the number of agents at a desk is limited', async () => {
  const { run } = await decide([
    ...Array.from({ length: AGENTS_MAX + 1 }, (_, index) =>
      ofAgent(0, `a${index}`, { expiresAt: START + (index + 1) * SECOND }),
    ),
    ofAgent(100, 'late'),
  ])
  expect(run.refused.map(({ failure }) => failure.message)).toEqual([
    expect.stringContaining(`has ${AGENTS_MAX} agents at work already`) as string,
  ])
})

test('the decisions do not depend on batching, and a repeated event counts once', async () => {
  const event = fc.oneof(
    fc.record({ agentId: fc.constantFrom('ann', 'bob'), capacity: fc.integer({ min: 1, max: 2 }) }),
    fc.record({ requestId: fc.constantFrom('r1', 'r2', 'r3') }),
    fc.record({
      reservationId: fc.constantFrom('r1/1', 'r2/1', 'r3/1'),
      given: fc.constantFrom('accepted', 'rejected', 'completed', 'wrapped-up'),
    }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 25 }), fc.integer({ min: 2, max: 30 }), async (events, batchSize) => {
      const inputs = events.map((one, second): ReplayInput => {
        if ('agentId' in one) return ofAgent(second, one.agentId, { capacity: one.capacity })
        if ('requestId' in one) return ofCall(second, one.requestId)
        return ofAnswer(second, one.reservationId, one.given)
      })
      const decisions = async (of: readonly ReplayInput[], size: number) => {
        const run = createReplay(routing, { batchSize: size })
        const placed = of.map((input) => ({ ...input, offset: inputs.indexOf(input) }))
        return said((await run.run(placed, noGlobals)).map(({ value }) => value as RoutingDecision))
      }
      const expected = await decisions(inputs, 1)
      expect(await decisions(inputs, batchSize)).toEqual(expected)
      expect(
        await decisions(
          inputs.flatMap((input) => [input, input]),
          batchSize,
        ),
      ).toEqual(expected)
    }),
    { numRuns: 60 },
  )
})
