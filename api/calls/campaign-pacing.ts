import { Type } from 'typebox'
import { LEVEL_MAX, LEVEL_MIN } from '../../features/calls/pacing/level.ts'
import { campaigns } from '../../schemas/calls/campaigns.ts'
import { contactRules } from '../../schemas/calls/contact-rules.ts'
import { dispositions } from '../../schemas/calls/dispositions.ts'
import { pacingOf } from '../../store/calls/campaign-pacing.ts'
import { problems } from '../http/problem.ts'
import { Name, nullable } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { currentTime } from '../current-time.ts'
import { settingOn } from '../versioned-settings.ts'
import { ABANDON_DAYS, abandonedCalls, abandonLimit, abandonShareOf } from './abandoned-calls.ts'
import { activeCampaign, activeContactRules } from './contact-state.ts'

const Pacing = Type.Object({
  campaign: Type.String(),
  mode: Type.String({ description: 'progressive or predictive.' }),
  level: Type.Number({ description: 'Calls per waiting agent.' }),
  levelMax: Type.Number({ description: 'Upper limit of the level.' }),
  adaptedAt: nullable(
    Type.String({ format: 'date-time' }),
    'When the level was set; null until a dispatch says how many agents are waiting.',
  ),
  answered: Type.Integer({ description: `Calls that a person answered in the last ${ABANDON_DAYS} days.` }),
  abandoned: Type.Integer({ description: 'Answered calls for which no agent was free.' }),
  abandonShare: nullable(Type.Number(), 'abandoned ÷ answered; null if no call was answered by a person.'),
  abandonShareMax: Type.Number({
    description: 'Limit of the share. The level is lowered before the share reaches it.',
  }),
  limitByRules: Type.Boolean({ description: 'Whether the contact rules set the limit; if not, it is the default.' }),
})

/** Route for how fast a campaign dials and how close it is to its limit of abandoned calls (spec C1). */
export function campaignPacingRoute(server: Server, ports: ApiPorts): void {
  const { database, settings } = ports
  server.get(
    '/campaigns/:name/pacing',
    {
      config: { access: 'read-customers' },
      schema: {
        tags: ['calls'],
        summary: 'How fast a campaign dials, and how many of its calls are abandoned',
        params: Type.Object({ name: Name }),
        response: { 200: Pacing, ...problems('invalid-request', 'not-found') },
      },
    },
    async ({ params: { name } }) => {
      const { value } = await activeCampaign(database, settingOn(settings, campaigns), name)
      const law = await activeContactRules(database, settingOn(settings, contactRules), value.jurisdiction)
      const calls = await abandonedCalls(database, name, settingOn(settings, dispositions), currentTime(ports))
      const { share, isByRules } = abandonLimit(law, value)
      const isPredictive = value.pacing === 'predictive'
      const paced = isPredictive ? await pacingOf(database, name) : undefined
      return {
        ...{ campaign: name, mode: value.pacing },
        level: paced?.level ?? LEVEL_MIN,
        levelMax: isPredictive ? LEVEL_MAX : LEVEL_MIN,
        adaptedAt: paced?.adaptedAt.toISOString() ?? null,
        ...calls,
        ...{ abandonShare: abandonShareOf(calls), abandonShareMax: share, limitByRules: isByRules },
      }
    },
  )
}
