import fc from 'fast-check'
import { isQualified } from '../../../../features/calls/routing/eligibility.ts'
import { choose } from '../../../../features/calls/routing/choose.ts'
import { callsByAgent } from '../../../../features/calls/routing/desk.ts'
import type { RoutingState } from '../../../../schemas/calls/routing-decisions.ts'
import { active, agent, answer, asked, openDesk, SECOND, START, toldAgent, toldAnswer, toldRequest } from './desks.ts'

/** Generates inputs about a few agents and calls, so that they meet. */
const happening = fc.oneof(
  fc.record({
    kind: fc.constant('agent' as const),
    id: fc.constantFrom('ann', 'bob', 'cem'),
    status: fc.constantFrom('available', 'available', 'available', 'busy', 'wrapping', 'offline'),
    capacity: fc.integer({ min: 0, max: 3 }),
    elsewhere: fc.integer({ min: 0, max: 2 }),
    hold: fc.constantFrom(30, 600),
    skilled: fc.boolean(),
    queue: fc.constantFrom('loans', 'cards'),
    expertise: fc.constantFrom(0, 0.3, 0.9),
  }),
  fc.record({
    kind: fc.constant('request' as const),
    id: fc.integer({ min: 1, max: 8 }).map((number) => `r${number}`),
    step: fc.constantFrom('asked', 'asked', 'changed', 'withdrawn'),
    skilled: fc.boolean(),
    queue: fc.constantFrom(null, 'loans', 'gone'),
    priority: fc.integer({ min: 0, max: 2 }),
  }),
  fc.record({
    kind: fc.constant('answer' as const),
    id: fc.integer({ min: 1, max: 8 }).map((number) => `r${number}`),
    offer: fc.integer({ min: 0, max: 1 }),
    answer: fc.constantFrom('accepted', 'rejected', 'completed', 'wrapped-up'),
  }),
)
const history = fc.array(fc.record({ what: happening, after: fc.integer({ min: 0, max: 20 }) }), { maxLength: 80 })
type History = typeof history extends fc.Arbitrary<infer T> ? T : never

const ended: readonly RoutingState[] = ['rejected', 'timeout', 'rescinded', 'completed']

/** Runs the inputs, one of which is repeated, and looks at the desk after each. */
function play(happenings: History, look: (desk: ReturnType<typeof openDesk>, second: number) => void, repeat = false) {
  const desk = openDesk()
  let second = 0
  for (const { what, after } of happenings) {
    second += after
    desk.pass(second)
    look(desk, second)
    const told = toldOf(desk, what, second)
    for (let times = 0; times < (repeat ? 2 : 1); times++) desk.step(told, second)
    look(desk, second)
  }
  return { desk, second }
}

function toldOf({ desk }: ReturnType<typeof openDesk>, what: History[number]['what'], second: number) {
  const skills = 'skilled' in what && what.skilled ? ['notary'] : []
  if (what.kind === 'agent') {
    const { id, status, capacity, elsewhere, hold, queue, expertise } = what
    const expiresAt = START + (second + hold) * SECOND
    const can = { queues: [queue], skills, expertise: { loan: expertise } }
    return toldAgent(agent(second, id, { status, capacity, elsewhere, expiresAt, ...can }))
  }
  if (what.kind === 'request') {
    const { id, step, queue, priority } = what
    return toldRequest(asked(second, id, { step, queue, priority, intent: 'loan', requiredSkills: skills }))
  }
  const offers = (desk.requests.get(what.id)?.offers ?? 1) - what.offer
  return toldAnswer(answer(second, `${what.id}/${offers}`, what.answer))
}

test('no agent gets more calls than they take, and no call is offered to two', () => {
  fc.assert(
    fc.property(history, (happenings) => {
      let seen = 0
      const holder = new Map<string, string>()
      const { desk } = play(happenings, ({ desk: { agents, requests }, all }, second) => {
        for (const { state, requestId, agentId } of all.slice(seen)) {
          if (state === 'pending') {
            expect(holder.has(requestId)).toBe(false)
            holder.set(requestId, agentId!)
          } else if (ended.includes(state as RoutingState)) holder.delete(requestId)
        }
        const wasOffered = all.slice(seen).some(({ state }) => state === 'pending')
        seen = all.length
        const counts = callsByAgent({ name: 'sales', agents, requests })
        for (const { requestId, agentId } of requests.values()) expect(holder.get(requestId)).toBe(agentId ?? undefined)
        for (const { state, agentId } of requests.values()) {
          if (state !== 'pending') continue
          const { capacity, elsewhere, expiresAt } = agents.get(agentId!)!
          expect(counts.get(agentId!)! + elsewhere).toBeLessThanOrEqual(capacity)
          if (wasOffered) expect(expiresAt).toBeGreaterThan(START + second * SECOND - 1)
        }
      })
      expect(desk.desk.agents.size).toBeLessThanOrEqual(3)
    }),
    { numRuns: 300 },
  )
})

test('no call waits while an agent can take it, and nothing is overdue', () => {
  fc.assert(
    fc.property(history, (happenings) => {
      play(happenings, ({ desk }, second) => {
        const at = START + second * SECOND
        const calls = callsByAgent(desk)
        for (const request of desk.requests.values()) {
          expect(request.dueAt).toBeGreaterThan(at - 1)
          if (request.state !== 'waiting') continue
          expect(choose({ desk, at, plan: active, calls }, request).free).toEqual([])
        }
      })
    }),
    { numRuns: 300 },
  )
})

test('every agent who is offered a call has the skills for it', () => {
  fc.assert(
    fc.property(history, (happenings) => {
      let seen = 0
      play(happenings, ({ desk, all }) => {
        for (const { state, requestId, agentId } of all.slice(seen)) {
          const request = desk.requests.get(requestId)
          if (state !== 'pending' || request?.state !== 'pending' || request.agentId !== agentId) continue
          expect(isQualified(desk.agents.get(agentId!)!, request)).toBe(true)
        }
        seen = all.length
      })
    }),
    { numRuns: 200 },
  )
})

test('every call is offered in the end: with equal needs in the order of waiting and priority', () => {
  const arrivals = fc.array(
    fc.record({ after: fc.integer({ min: 0, max: 30 }), priority: fc.integer({ min: 0, max: 3 }) }),
    { minLength: 2, maxLength: 40 },
  )
  fc.assert(
    fc.property(arrivals, (calls) => {
      const desk = openDesk({ ...active, waitSecondsMax: 14_400 })
      let second = 0
      const places = new Map<string, number>()
      for (const [index, { after, priority }] of calls.entries()) {
        second += after
        places.set(`r${index}`, second - priority * active.prioritySeconds)
        desk.ask(second, `r${index}`, { priority })
      }
      desk.agent(second, 'ann', { expiresAt: START + 1e8 })
      while (desk.desk.requests.size > 0) {
        const held = [...desk.desk.requests.values()].find(({ agentId }) => agentId === 'ann')!
        desk.answer(second++, `${held.requestId}/1`, 'wrapped-up')
      }
      const offered = desk.all.filter(({ state }) => state === 'pending').map(({ requestId }) => places.get(requestId)!)
      expect(offered).toHaveLength(calls.length)
      expect(offered).toEqual([...offered].sort((one, other) => one - other))
    }),
    { numRuns: 100 },
  )
})

test('repeated events count once', () => {
  fc.assert(
    fc.property(history, (happenings) => {
      const [once, twice] = [play(happenings, () => {}), play(happenings, () => {}, true)]
      const known = ({ desk: { desk } }: typeof once) => ({
        agents: [...desk.agents.values()],
        requests: [...desk.requests.values()],
      })
      expect(known(twice)).toEqual(known(once))
      const decided = ({ desk: { all } }: typeof once) => all.filter(({ state }) => state !== 'late')
      expect(decided(twice)).toEqual(decided(once))
    }),
    { numRuns: 200 },
  )
})
