import { Type } from 'typebox'
import { dispositions as dispositionTopic } from '../../schemas/calls/dispositions.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import { countOutcomes, countQueue } from '../../store/calls/campaign-queue.ts'
import { countRefusals } from '../../store/calls/contact-refusals.ts'
import { problems } from '../http/problem.ts'
import { Name } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { currentTime } from '../current-time.ts'
import { settingOn } from '../versioned-settings.ts'
import { dispositionCodes } from './disposition-codes.ts'

const Funnel = Type.Object({
  campaign: Type.String(),
  listed: Type.Integer({ description: 'Customers on the list, except removed ones.' }),
  called: Type.Integer({ description: 'Listed customers called at least once.' }),
  reached: Type.Integer({
    description:
      'Listed customers who spoke to an agent at least once: the right person, in a call that was not abandoned.',
  }),
  interested: Type.Integer({ description: 'Listed customers with an outcome that is flagged as interested.' }),
  states: Type.Array(Type.Object({ state: Type.String(), customers: Type.Integer() })),
  dispositions: Type.Array(
    Type.Object({ disposition: Type.String(), calls: Type.Integer(), customers: Type.Integer() }),
    { description: 'Outcomes of the calls, most frequent first.' },
  ),
  refusals: Type.Array(Type.Object({ rule: Type.String(), customers: Type.Integer(), refusals: Type.Integer() }), {
    description: 'Why customers were not called in the last 24 hours.',
  }),
})

/** Route for a campaign's funnel: listed, called, reached, interested (spec C1). */
export function campaignFunnelRoute(server: Server, ports: ApiPorts): void {
  const setting = settingOn(ports.settings, dispositionTopic)
  server.get(
    '/campaigns/:name/funnel',
    {
      config: { access: 'read-customers' },
      schema: {
        tags: ['calls'],
        summary:
          'Progress of a campaign: customers listed, called, reached and interested; outcomes of its calls, and refusals',
        params: Type.Object({ name: Name }),
        response: { 200: Funnel, ...problems('invalid-request') },
      },
    },
    async ({ params: { name: campaign } }) => {
      const since = new Date(currentTime(ports) - DAY_MS)
      const codes = await dispositionCodes(ports.database, setting)
      const spokenTo = codes(
        ({ answeredBy, abandoned, unworkable }) => answeredBy === 'person' && !abandoned && !unworkable,
      )
      const interested = codes((meaning) => meaning.interested)
      const [states, dispositions, refusals] = await Promise.all([
        countQueue(ports.database, campaign, { reached: [...new Set([...spokenTo, ...interested])], interested }),
        countOutcomes(ports.database, campaign),
        countRefusals(ports.database, { since, campaign }),
      ])
      const listed = states.filter(({ state }) => state !== 'removed')
      const sum = (of: 'customers' | 'called' | 'reached' | 'interested') =>
        listed.reduce((total, one) => total + one[of], 0)
      return {
        ...{ campaign, listed: sum('customers'), called: sum('called') },
        ...{ reached: sum('reached'), interested: sum('interested') },
        states: states.map(({ state, customers }) => ({ state, customers })),
        dispositions: [...dispositions],
        refusals: refusals.map(({ rule, customers, refusals: count }) => ({ rule, customers, refusals: count })),
      }
    },
  )
}
