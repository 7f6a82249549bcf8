/** A desk with a call in conversation, one that is offered and one that waits. */
import { agentStates } from '../../../../schemas/calls/agent-states.ts'
import { routingDecisions } from '../../../../schemas/calls/routing-decisions.ts'
import type { ApiUnderTest } from '../../../api/api-under-test.ts'
import { NOW } from '../../../api/stored-world.ts'
import { agent, openDesk, START } from '../../../features/calls/routing/desks.ts'
import { put } from '../../../store/store-under-test.ts'

const BEGIN = (NOW - START) / 1_000 - 100

export async function storeDesk({ database }: ApiUnderTest): Promise<void> {
  const desk = openDesk()
  const abilities = { ann: { expertise: { loan: 0.9 }, queues: ['loans'] }, bob: { queues: ['loans'] } }
  for (const [name, changes] of Object.entries(abilities)) desk.agent(BEGIN, name, changes)
  desk.ask(BEGIN + 1, 'r1', { intent: 'loan', customerId: 'c-1' })
  desk.answer(BEGIN + 2, 'r1/1', 'accepted')
  desk.ask(BEGIN + 3, 'r2', { customerId: 'c-2' })
  desk.ask(BEGIN + 4, 'r3', { customerId: 'c-3' })
  await put(
    database,
    agentStates,
    Object.entries(abilities).map(([name, changes]) => agent(BEGIN, name, changes)),
  )
  await put(
    database,
    routingDecisions,
    desk.all.map((one, number) => ({
      ...{ id: `d${number}`, occurredAt: START + (BEGIN + number) * 1_000, source: 'test', ...one },
    })),
  )
}
