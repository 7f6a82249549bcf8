import { Type } from 'typebox'
import { caseSummary, listCaseLabels, type CaseLabel } from '../../store/visits/case-verdicts.ts'
import { ofTeamOnly } from '../http/access.ts'
import { newestFirst } from '../http/cursor.ts'
import { isoTimes } from '../http/iso-times.ts'
import { listRoutes } from '../http/list-routes.ts'
import { filter, nullable, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { DAY_MS } from '../../schemas/durations.ts'

const Label = Type.Object({
  visitId: Type.String(),
  customerId: Type.String(),
  opportunityId: Type.String(),
  salespersonId: Type.String(),
  visitedAt: Time,
  task: Type.String({ description: 'false-visit or invalid-visit.' }),
  value: Type.Integer({ description: '1 if confirmed, 0 if dismissed. A case decided as harmless gives no label.' }),
  origin: Type.String(),
  propensity: Type.Number({
    description: 'Probability that a visit like this is reviewed; weight labels by its reciprocal.',
  }),
  verdict: Type.String(),
  falseScore: Type.Number(),
  invalidScore: Type.Number(),
  policyVersion: Type.Integer(),
  decidedBy: Type.String(),
  occurredAt: Type.String({ format: 'date-time', description: 'Time of the decision.' }),
})

/** Routes for the training labels from decided cases, and for a summary of the reviews. */
export function caseLabelsRoutes(server: Server, { database }: ApiPorts): void {
  listRoutes(server, database, {
    path: '/case-labels',
    access: 'read-sales',
    tag: 'sales',
    summary: 'Training labels from decided cases, newest first; a reopened case gives none',
    filters: { task: Type.Optional(Type.Enum(['false-visit', 'invalid-visit'])) },
    item: Label,
    cursor: newestFirst(({ visitId }: CaseLabel) => visitId),
    load: listCaseLabels,
    toItems: (_reader, rows) => rows.map(isoTimes),
  })
  server.get(
    '/case-summary',
    {
      config: { access: 'read-sales', own: ofTeamOnly },
      schema: {
        tags: ['sales'],
        summary: 'Number of cases by state, and how long decisions take',
        querystring: Type.Object(
          {
            days: Type.Optional(Type.Integer({ minimum: 1, maximum: 3_650, default: 30 })),
            teamId: filter('Only cases of the team’s opportunities.'),
          },
          { additionalProperties: false },
        ),
        response: { 200: Summary },
      },
    },
    ({ query: { days = 30, teamId } }) => caseSummary(database, new Date(Date.now() - days * DAY_MS), teamId),
  )
}

const Summary = Type.Object({
  undecided: Type.Integer(),
  unassigned: Type.Integer({ description: 'Undecided cases without a reviewer.' }),
  overdue: Type.Integer(),
  snoozed: Type.Integer({ description: 'Undecided cases whose alerts are snoozed.' }),
  decided: Type.Integer({ description: 'Cases decided in the last `days` days.' }),
  confirmed: Type.Integer(),
  harmless: Type.Integer(),
  dismissed: Type.Integer(),
  medianHoursToDecision: nullable(
    Type.Number(),
    'Median time from the alert to the decision; null if none was decided.',
  ),
  slowHoursToDecision: nullable(Type.Number(), '90th percentile of that time.'),
})
