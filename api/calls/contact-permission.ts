import { Type, type Static } from 'typebox'
import { decidePermission, type PermissionDecision } from '../../features/calls/permission/decide-permission.ts'
import { isPlace } from '../../features/calls/permission/local-time.ts'
import { campaigns } from '../../schemas/calls/campaigns.ts'
import { ContactPermission } from '../../schemas/calls/contact-permissions.ts'
import { contactRules } from '../../schemas/calls/contact-rules.ts'
import { callChannels, contactPurposes } from '../../schemas/calls/contact-terms.ts'
import { listPermissions, type PermissionRow } from '../../store/calls/contact-permissions.ts'
import { requireCustomer } from '../customers/require-customer.ts'
import { responseFields } from '../http/response-fields.ts'
import { newestFirst } from '../http/cursor.ts'
import { isoTimes } from '../http/iso-times.ts'
import { listRoutes } from '../http/list-routes.ts'
import { problems } from '../http/problem.ts'
import { filter, Name, nullable, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { settingOn } from '../versioned-settings.ts'
import { contactState, activeContactRules, activeCampaign } from './contact-state.ts'
import { lawAnswer, lawFields } from './law-answer.ts'

const Permission = Type.Object({
  customerId: Type.String(),
  purpose: Type.String(),
  channel: Type.String(),
  jurisdiction: Type.String(),
  campaign: nullable(Type.String()),
  permitted: Type.Boolean(),
  at: Type.String({ format: 'date-time', description: 'The time of the decision: now.' }),
  timeZone: nullable(
    Type.String(),
    'Time zone of the customer; null if unknown, and then all zones of the jurisdiction count.',
  ),
  ...lawFields,
  checks: Type.Array(
    Type.Object({
      rule: Type.String(),
      ruleVersion: nullable(Type.Integer()),
      passed: Type.Boolean(),
      detail: Type.String(),
      until: nullable(Time, 'When a failed check will pass by itself; null if it passed or never will.'),
    }),
    { description: 'Every check; all must pass.' },
  ),
})

const RecordedPermission = Type.Object(responseFields(ContactPermission))

const asked = {
  purpose: Type.Enum([...contactPurposes]),
  jurisdiction: { ...Name, description: 'The jurisdiction whose contact rules apply; GET /contact-rules lists them.' },
  channel: Type.Optional(Type.Enum([...callChannels], { description: 'Default: call, which is a call by a person.' })),
  campaign: Type.Optional({ ...Name, description: 'If given, also checks that this campaign is running.' }),
}

/** Routes for whether a customer may be called now, and for the consents and objections on record (spec C1). */
export function contactPermissionRoutes(server: Server, ports: ApiPorts): void {
  permissionRoute(server, ports)
  listRoutes(server, ports.database, {
    path: '/contact-permissions',
    access: 'read-customers',
    tag: 'calls',
    summary: 'Consents, withdrawals and do-not-call requests of customers, newest first',
    filters: { customerId: filter() },
    item: RecordedPermission,
    cursor: newestFirst(({ id }: PermissionRow) => id),
    load: listPermissions,
    toItems: (_reader, rows) => Promise.resolve(rows.map(isoTimes)),
  })
}

function permissionRoute(server: Server, ports: ApiPorts): void {
  const { database, settings } = ports
  const lawSetting = settingOn(settings, contactRules)
  const campaignSetting = settingOn(settings, campaigns)
  server.get(
    '/customers/:id/contact-permission',
    {
      config: { access: 'read-customers' },
      schema: {
        tags: ['calls'],
        summary: 'Whether a customer may be called now, and if not, why; nothing is recorded',
        params: Type.Object({ id: Name }),
        querystring: Type.Object(asked, { additionalProperties: false }),
        response: { 200: Permission, ...problems('invalid-request', 'not-found') },
      },
    },
    async ({ params: { id }, query: { purpose, jurisdiction, channel = 'call', campaign: named } }) => {
      await requireCustomer(database, id)
      const campaign = named === undefined ? null : await activeCampaign(database, campaignSetting, named)
      const law = await activeContactRules(database, lawSetting, jurisdiction)
      const { now, knownAgeMs, customers } = await contactState(ports, [id])
      const customer = customers.get(id)
      const of = { purpose, channel, jurisdiction, campaign, law }
      const decision = decidePermission({ ...of, now, knownAgeMs, customer })
      const zone = customer?.timeZone ?? null
      return {
        ...{ customerId: id, purpose, channel, jurisdiction, campaign: named ?? null },
        permitted: decision.refusal === undefined,
        at: new Date(now).toISOString(),
        timeZone: zone !== null && isPlace(zone) ? zone : null,
        ...lawAnswer(law, of),
        checks: checksOf(decision),
      }
    },
  )
}

function checksOf({ checks }: PermissionDecision): Static<typeof Permission>['checks'] {
  return checks.map(({ rule, ruleVersion, passed, detail, until }) => ({
    ...{ rule, ruleVersion, passed, detail },
    until: until === undefined ? null : new Date(until).toISOString(),
  }))
}
