import { Type, type Static } from 'typebox'
import { identifier } from '../../schemas/avro/schema.ts'
import { scriptChoicePolicies } from '../../schemas/calls/script-choice-policies.ts'
import { ScriptRetirement, scriptRetirements } from '../../schemas/calls/script-retirements.ts'
import { scriptTemplates } from '../../schemas/calls/script-templates.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import type { Topic } from '../../schemas/topic.ts'
import { scriptResults } from '../../store/calls/script-results.ts'
import { listRetirements, type RetirementRow } from '../../store/calls/script-retirements.ts'
import { responseFields } from '../http/response-fields.ts'
import { newestFirst } from '../http/cursor.ts'
import { isoTimes } from '../http/iso-times.ts'
import { listRoutes } from '../http/list-routes.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { filter, nullable, Text } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import { ChangedBy } from '../http/versions.ts'
import type { ApiPorts } from '../ports.ts'
import { currentTime } from '../current-time.ts'
import { settingOn } from '../versioned-settings.ts'
import { activeChoicePolicy } from './choose-script.ts'
import { publishAll } from './publish-all.ts'
import { retirementRecord } from './retirement-record.ts'
import { isSame, scriptStatuses } from './script-statuses.ts'

const Retirement = Type.Object(responseFields(ScriptRetirement))

const Restoring = Type.Object(
  {
    template: Type.String(identifier.json),
    templateVersion: Type.Integer({ minimum: 0 }),
    targetGroup: nullable(Type.String(identifier.json), 'null for customers in no group that a template names.'),
    decision: Type.Literal('restored'),
    decidedBy: ChangedBy,
    reason: Type.String({ ...Text, minLength: 1, maxLength: 1_000 }),
  },
  { additionalProperties: false },
)

/** Routes that list retirements of scripts for target groups, and restore a retired script. */
export function scriptRetirementsRoutes(server: Server, ports: ApiPorts): void {
  listRoutes(server, ports.database, {
    path: '/script-retirements',
    access: 'read-customers',
    tag: 'calls',
    summary: 'Decisions to retire a script for a target group or to restore it, with the figures',
    filters: { template: filter(), targetGroup: filter(), decision: filter() },
    item: Retirement,
    cursor: newestFirst(({ id }: RetirementRow) => id),
    load: listRetirements,
    toItems: (_, rows) => Promise.resolve(rows.map(isoTimes)),
  })
  server.post(
    '/script-retirements',
    {
      config: { access: 'write-settings' },
      schema: {
        tags: ['calls'],
        summary: 'Restore a retired script: it can be chosen again, and is judged by calls from now on',
        body: Restoring,
        response: {
          200: Retirement,
          ...problems('invalid-request', 'forbidden-origin', 'not-possible', 'unavailable'),
        },
      },
    },
    async ({ body }) => {
      const made = await restore(ports, body)
      return { ...made, peers: [...made.peers], occurredAt: new Date(made.occurredAt).toISOString() }
    },
  )
}

async function restore(ports: ApiPorts, wanted: Static<typeof Restoring>): Promise<ScriptRetirement> {
  const { database, settings } = ports
  const { template, templateVersion, targetGroup, decidedBy, reason } = wanted
  const policy = await activeChoicePolicy({ database, policies: settingOn(settings, scriptChoicePolicies) })
  const now = currentTime(ports)
  const results = await scriptResults(database, new Date(now - policy.days * DAY_MS))
  const all = await scriptStatuses({ database, templates: settingOn(settings, scriptTemplates) }, policy, results)
  const one = all.find((other) => isSame(other, wanted))
  if (one?.status !== 'retired')
    throw new ProblemError(
      'not-possible',
      `${template}, version ${templateVersion}, is not retired for ${targetGroup ?? 'customers in no group'}. GET /script-quality/groups shows the status of each version.`,
    )
  const made = { decision: 'restored', decidedBy, reason, occurredAt: now } as const
  const record = retirementRecord(one, all, policy, made)
  await publishAll(ports, scriptRetirements as Topic, [record], 'The script was not restored')
  return record
}
