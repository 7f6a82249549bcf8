import { Type } from 'typebox'
import { ConditionError } from '../../features/calls/groups/condition-language.ts'
import { compileCondition, type Condition } from '../../features/calls/groups/compile-condition.ts'
import { CONDITION_LENGTH_MAX, targetGroups } from '../../schemas/calls/target-groups.ts'
import { factsOfCustomers } from '../../store/calls/group-members.ts'
import type { Reader } from '../../store/database.ts'
import { requireCustomer } from '../customers/require-customer.ts'
import { invalidBody, problems } from '../http/problem.ts'
import { Name, nullable, Text } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import { createSlots, type Slots } from '../http/slots.ts'
import type { ApiPorts } from '../ports.ts'
import { settingOn } from '../versioned-settings.ts'
import { clustersRoute } from './cluster-customers.ts'
import { groupMemberships } from './group-memberships.ts'
import { withSlot } from './with-slot.ts'

const Size = Type.Object({
  customers: Type.Integer({ description: 'All known customers.' }),
  members: Type.Integer(),
  unknown: Type.Integer({ description: 'Customers for whom a feature that the condition reads has no value.' }),
  examples: Type.Array(Type.String(), { description: 'The first members by id.' }),
})
const Groups = Type.Object({
  customerId: Type.String(),
  groups: Type.Array(
    Type.Object({
      name: Type.String(),
      version: Type.Integer(),
      description: Type.String(),
      member: nullable(Type.Boolean(), 'null if unknown, because a feature that the condition reads has no value.'),
    }),
  ),
})

const EXAMPLES = 10
/** Requests that may run at once: each reads all customers. */
const AT_ONCE = 1
const WAIT_MS = 5_000

/** Routes for target groups, defined by conditions over features (spec C1): their size, clusters and memberships. */
export function targetGroupsRoutes(server: Server, ports: ApiPorts): void {
  const slots = createSlots(AT_ONCE, WAIT_MS)
  sizeRoute(server, ports, slots)
  clustersRoute(server, ports, slots)
  groupsRoute(server, ports)
}

function sizeRoute(server: Server, { database }: ApiPorts, slots: Slots): void {
  server.post(
    '/target-groups/size',
    {
      config: { access: 'read-customers' },
      schema: {
        tags: ['calls'],
        summary: 'How many customers meet a condition now; nothing is stored',
        body: Type.Object(
          { condition: Type.String({ ...Text, minLength: 1, maxLength: CONDITION_LENGTH_MAX }) },
          { additionalProperties: false },
        ),
        response: { 200: Size, ...problems('invalid-request', 'unavailable') },
      },
    },
    async ({ body: { condition: text } }) => {
      const condition = conditionOf(text)
      return withSlot(slots, () => sizeOf(database, condition))
    },
  )
}

function conditionOf(text: string): Condition {
  try {
    return compileCondition(text)
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error
    throw invalidBody(error.message, '/condition')
  }
}

async function sizeOf(database: Reader, condition: Condition) {
  const size = { customers: 0, members: 0, unknown: 0, examples: [] as string[] }
  for await (const batch of factsOfCustomers(database, condition))
    for (const facts of batch) {
      const member = condition.holds(facts)
      size.customers++
      if (member === undefined) size.unknown++
      if (member !== true) continue
      size.members++
      if (size.examples.length < EXAMPLES) size.examples.push(facts.customerId)
    }
  return size
}

function groupsRoute(server: Server, { database, settings }: ApiPorts): void {
  const setting = settingOn(settings, targetGroups)
  server.get(
    '/customers/:id/groups',
    {
      config: { access: 'read-customers' },
      schema: {
        tags: ['calls'],
        summary: 'Which target groups a customer is in now',
        params: Type.Object({ id: Name }),
        response: { 200: Groups, ...problems('not-found') },
      },
    },
    async ({ params: { id } }) => {
      const customer = await requireCustomer(database, id)
      const groups = await groupMemberships(database, setting, customer)
      return { customerId: id, groups: [...groups] }
    },
  )
}
