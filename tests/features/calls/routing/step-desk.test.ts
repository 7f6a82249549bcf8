import { AGENTS_MAX, REQUESTS_MAX } from '../../../../features/calls/routing/desk.ts'
import { active, openDesk, said } from './desks.ts'

test('an offer is accepted, the conversation ends, the agent wraps up, and the next call comes', () => {
  const desk = openDesk()
  expect(desk.agent(0, 'ann')).toEqual([])
  expect(said(desk.ask(1, 'r1'))).toEqual(['r1 pending ann'])
  expect(said(desk.ask(2, 'r2'))).toEqual(['r2 waiting'])
  expect(said(desk.answer(3, 'r1/1', 'accepted'))).toEqual(['r1 accepted ann'])
  expect(said(desk.answer(90, 'r1/1', 'completed', { resolved: true }))).toEqual(['r1 wrapping ann'])
  expect(said(desk.answer(100, 'r1/1', 'wrapped-up'))).toEqual(['r1 completed ann', 'r2 pending ann'])
  expect(desk.desk.agents.get('ann')).toMatchObject({ judged: 1, resolved: 1 })
})

test('the parts of the scores of queues and agents are recorded', () => {
  const desk = openDesk()
  desk.agent(0, 'ann', { queues: ['loans'], expertise: { loan: 0.9 } })
  desk.agent(0, 'bob', { queues: ['loans'], expertise: { loan: 0.6 } })
  desk.agent(0, 'cem', { queues: ['cards'], expertise: { loan: 0.55 } })
  const [offer] = desk.ask(1, 'r1', { intent: 'loan', knownAgents: ['bob'] })
  expect(offer).toMatchObject({
    ...{ state: 'pending', agentId: 'ann', queue: 'loans', decidedBy: 'score', scoredAgentId: 'ann', considered: 3 },
    ...{ reservationId: 'r1/1', weights: active.weights, release: 'ACTIVE', planVersion: 0, step: 0 },
    queues: [
      { name: 'loans', expertise: 0.75, load: 0, performance: 0.5, known: true },
      { name: 'cards', expertise: 0.55, load: 0, performance: 0.5, known: false },
    ],
    agents: [
      { name: 'ann', expertise: 0.9, load: 0, performance: 0.5, known: false },
      { name: 'bob', expertise: 0.6, load: 0, performance: 0.5, known: true },
    ],
  })
  expect(offer!.agents[0]!.score).toBeCloseTo(0.45 + 0.3 + 0.1, 12)
  expect(offer!.agents[1]!.score).toBeCloseTo(0.3 + 0.3 + 0.1 + 0.1, 12)
})

test('a full queue does not get the call, whatever it scores', () => {
  const desk = openDesk()
  desk.agent(0, 'ann', { queues: ['loans'], expertise: { loan: 1 } })
  desk.agent(0, 'bob', { queues: ['cards'], expertise: { loan: 0.5 } })
  desk.ask(1, 'r1', { intent: 'loan' })
  expect(said(desk.ask(2, 'r2', { intent: 'loan' }))).toEqual(['r2 pending bob'])
})

test.each([
  ['NONE', null, []],
  ['EVALUATION', 'ann', ['ann', 'bob']],
] as const)('%s: who is free longest gets the call', (release, scoredAgentId, agents) => {
  const desk = openDesk({ ...active, release })
  desk.agent(0, 'bob', { expertise: { loan: 0.6 } })
  desk.agent(1, 'ann', { expertise: { loan: 0.9 } })
  const [offer] = desk.ask(2, 'r1', { intent: 'loan' })
  expect(offer).toMatchObject({ agentId: 'bob', decidedBy: 'longest-idle', scoredAgentId })
  expect(offer!.agents.map(({ name }) => name)).toEqual(agents)
})

test('skills and language are needed however long a call waits', () => {
  const desk = openDesk()
  desk.agent(0, 'ann', { languages: ['zh-Hant'], skills: ['notary'] })
  expect(desk.ask(1, 'r1', { language: 'en' })[0]!.reason).toBe('Nobody at work has the skills and the language.')
  desk.ask(1, 'r2', { requiredSkills: ['notary', 'mortgage'] })
  desk.pass(600)
  expect(said(desk.all).filter((word) => word.includes('pending'))).toEqual([])
  expect(said(desk.ask(601, 'r3', { language: 'ZH', requiredSkills: ['notary'] }))).toEqual(['r3 pending ann'])
})

test('over time more agents are considered, and at once if no agent at work qualifies', () => {
  const desk = openDesk()
  desk.agent(0, 'ann', { queues: ['loans'], expertise: { loan: 1 }, status: 'busy' })
  desk.agent(0, 'bob', { queues: ['cards'], expertise: { loan: 0.3 } })
  expect(desk.ask(1, 'r1', { intent: 'loan' })[0]).toMatchObject({ state: 'waiting', step: 0 })
  desk.pass(15)
  expect(said(desk.all)).toEqual(['r1 waiting'])
  desk.pass(16)
  expect(desk.all.at(-1)).toMatchObject({ state: 'pending', agentId: 'bob', step: 1, waitedMs: 15_000 })
  const other = openDesk()
  other.agent(0, 'bob', { queues: ['cards'], expertise: { loan: 0.3 } })
  expect(other.ask(1, 'r1', { intent: 'loan' })[0]).toMatchObject({ agentId: 'bob', step: 1 })
})

test('a requested queue gets the call; if it vanishes, the others may', () => {
  const desk = openDesk()
  desk.agent(0, 'ann', { queues: ['loans'], status: 'busy' })
  desk.agent(0, 'bob', { queues: ['cards'] })
  expect(said(desk.ask(1, 'r1', { queue: 'loans' }))).toEqual(['r1 waiting'])
  expect(said(desk.agent(2, 'ann', { status: 'offline' }))).toEqual(['r1 pending bob'])
  expect(said(desk.ask(3, 'r2', { queue: 'nowhere' }))).toEqual(['r2 waiting'])
  expect(said(desk.agent(4, 'cem', { queues: ['cards'] }))).toEqual(['r2 pending cem'])
})

test('a rejected offer goes to another agent, and returns after a pause', () => {
  const desk = openDesk()
  desk.agent(0, 'ann')
  desk.ask(1, 'r1')
  expect(said(desk.answer(2, 'r1/1', 'rejected'))).toEqual(['r1 rejected ann', 'r1 waiting'])
  expect(said(desk.agent(3, 'bob'))).toEqual(['r1 pending bob'])
  expect(said(desk.answer(4, 'r1/2', 'rejected'))).toEqual(['r1 rejected bob', 'r1 waiting'])
  desk.pass(62)
  expect(desk.all.at(-1)).toMatchObject({ state: 'pending', agentId: 'ann', reservationId: 'r1/3' })
})

test('an agent who lets an offer time out gets no more until the next reported state', () => {
  const desk = openDesk()
  desk.agent(0, 'ann')
  desk.ask(1, 'r1')
  desk.pass(16)
  expect(said(desk.all)).toEqual(['r1 pending ann', 'r1 timeout ann', 'r1 waiting'])
  expect(said(desk.ask(90, 'r2'))).toEqual(['r2 waiting'])
  expect(said(desk.answer(91, 'r1/1', 'accepted'))).toEqual(['r1 late'])
  expect(said(desk.agent(92, 'ann'))).toEqual(['r1 pending ann'])
})

test('a customer who hangs up cancels the offer; after a conversation the agent wraps up', () => {
  const desk = openDesk()
  desk.agent(0, 'ann')
  desk.ask(1, 'r1')
  desk.ask(2, 'r2')
  const gone = said(desk.ask(3, 'r1', { step: 'withdrawn' }))
  expect(gone).toEqual(['r1 rescinded ann', 'r1 withdrawn', 'r2 pending ann'])
  desk.answer(4, 'r2/1', 'accepted')
  expect(said(desk.ask(60, 'r2', { step: 'withdrawn' }))).toEqual(['r2 wrapping ann'])
  expect(desk.answer(61, 'r2/1', 'completed', { resolved: false })).toEqual([])
  expect(desk.answer(62, 'r2/1', 'completed', { resolved: true })).toEqual([])
  expect(desk.desk.agents.get('ann')).toMatchObject({ judged: 1, resolved: 0 })
  expect(said(desk.agent(70, 'ann'))).toEqual(['r2 completed ann'])
})

test('an agent who leaves, or whose state expires, loses offers and keeps conversations', () => {
  const desk = openDesk()
  desk.agent(0, 'ann', { capacity: 2 })
  desk.ask(1, 'r1')
  desk.answer(2, 'r1/1', 'accepted')
  desk.ask(3, 'r2')
  expect(said(desk.agent(4, 'ann', { capacity: 2, status: 'offline' }))).toEqual(['r2 rescinded ann', 'r2 waiting'])
  expect(desk.desk.requests.get('r1')).toMatchObject({ state: 'accepted', agentId: 'ann' })
  const expiring = openDesk()
  expiring.agent(0, 'ann', { expiresAt: Date.UTC(2026, 2, 2) + 10_000 })
  expiring.ask(1, 'r1')
  expiring.pass(10)
  expect(said(expiring.all)).toEqual(['r1 pending ann', 'r1 rescinded ann', 'r1 waiting'])
})

test('an agent’s state holds for a day at most', () => {
  const desk = openDesk()
  desk.agent(0, 'ann', { expiresAt: Date.UTC(2027, 0, 1) })
  desk.ask(86_399, 'r1')
  desk.pass(86_400)
  expect(said(desk.all)).toEqual(['r1 pending ann', 'r1 rescinded ann', 'r1 waiting'])
})

test('an agent of two desks gets no more calls here than the other desk leaves', () => {
  const desk = openDesk()
  desk.agent(0, 'ann', { capacity: 2, elsewhere: 1 })
  desk.ask(1, 'r1')
  expect(said(desk.ask(2, 'r2'))).toEqual(['r2 waiting'])
  const full = said(desk.agent(3, 'ann', { capacity: 2, elsewhere: 2 }))
  expect(full).toEqual(['r1 rescinded ann', 'r1 waiting'])
  expect(said(desk.agent(4, 'ann', { capacity: 2 }))).toEqual(['r1 pending ann', 'r2 pending ann'])
})

test('everything times out: a conversation without an end, a wrap-up, a call that no agent takes', () => {
  const desk = openDesk({ ...active, talkSecondsMax: 100, wrapUpSeconds: 20, waitSecondsMax: 50 })
  desk.agent(0, 'ann')
  desk.ask(0, 'r1')
  desk.answer(1, 'r1/1', 'accepted')
  desk.ask(2, 'r2')
  desk.pass(101)
  expect(said(desk.all.slice(-2))).toEqual(['r2 given-up', 'r1 completed ann'])
  desk.ask(200, 'r3')
  desk.answer(201, 'r3/1', 'completed')
  desk.pass(221)
  expect(said(desk.all.slice(-2))).toEqual(['r3 wrapping ann', 'r3 completed ann'])
  expect(desk.desk.requests.size).toBe(0)
})

test('answers of an earlier offer, or out of order, change nothing', () => {
  const desk = openDesk()
  desk.agent(0, 'ann')
  desk.ask(1, 'r1')
  desk.answer(2, 'r1/1', 'completed')
  expect(desk.answer(3, 'r1/1', 'accepted')).toEqual([])
  expect(desk.answer(3, 'r1/1', 'rejected')).toEqual([])
  expect(desk.answer(4, 'r1/2', 'wrapped-up')).toEqual([])
  expect(said(desk.answer(5, 'r1/1', 'wrapped-up'))).toEqual(['r1 completed ann'])
  desk.agent(10, 'ann', { status: 'offline' })
  expect(desk.agent(9, 'ann', { status: 'available' })).toEqual([])
  expect(desk.desk.agents.get('ann')!.status).toBe('offline')
})

test('a higher priority goes first, but not before a call that has waited much longer', () => {
  const desk = openDesk()
  desk.ask(0, 'old')
  desk.ask(200, 'new')
  desk.ask(201, 'urgent', { priority: 2 })
  const order = ['a', 'b', 'c'].flatMap((agentId, index) => said(desk.agent(210 + index, agentId)))
  expect(order).toEqual(['old pending a', 'urgent pending b', 'new pending c'])
})

test('a desk has limits: a further call is refused, a new agent replaces one who is away', () => {
  const desk = openDesk()
  for (let index = 0; index < REQUESTS_MAX; index++) desk.ask(0, `r${index}`)
  expect(said(desk.ask(1, 'more'))).toEqual(['more refused'])
  desk.ask(2, 'r0', { step: 'withdrawn' })
  expect(said(desk.ask(3, 'more'))).toEqual(['more waiting'])
  const large = openDesk()
  for (let index = 0; index < AGENTS_MAX; index++)
    large.agent(0, `a${index}`, { expiresAt: Date.UTC(2026, 2, 2) + (index + 1) * 1_000 })
  large.agent(5, 'new')
  expect([large.desk.agents.size, large.desk.agents.get('a0'), large.desk.agents.get('a1')?.agentId]).toEqual([
    AGENTS_MAX,
    undefined,
    'a1',
  ])
})
