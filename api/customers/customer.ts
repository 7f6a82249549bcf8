import { Type } from 'typebox'
import { customerById, tablesOfCustomer } from '../../store/customers/customers.ts'
import type { Database } from '../../store/database.ts'
import { listAlerts } from '../../store/customers/alerts.ts'
import { listAssessments } from '../../store/visits/assessments.ts'
import { opportunityBriefs } from '../../store/customers/names.ts'
import { listOpportunities } from '../../store/visits/opportunities.ts'
import { visitsOfCustomer } from '../../store/visits/visits.ts'
import { listScores } from '../../store/models/scores.ts'
import { Alert, alertJson } from './alerts.ts'
import { Assessment, assessmentsJson } from '../visits/assessments.ts'
import { CustomerSummary } from './customers.ts'
import { Opportunity, opportunityJson } from '../visits/opportunities.ts'
import type { RouteContext } from '../routes.ts'
import { ofTeamOnly } from '../http/access.ts'
import { isoTimes } from '../http/iso-times.ts'
import { problems } from '../http/problem.ts'
import { noCustomer } from './require-customer.ts'
import { personal } from '../http/personal.ts'
import { filter, Name, nullable, Time } from '../http/schema-parts.ts'
import { Score, scoreJson } from '../models/scores.ts'
import { plainJson } from '../http/plain-json.ts'
import type { Server } from '../http/server.ts'

const Feature = Type.Object({
  name: Type.String({ description: '`set.feature`' }),
  meaning: Type.String(),
  unit: Type.String(),
  value: nullable(Type.Number(), 'null if there is no value yet.'),
})

const Visit = Type.Object({
  visitId: Type.String(),
  opportunityId: Type.String(),
  salespersonId: Type.String(),
  text: personal('texts', Type.String()),
  checkInAt: nullable(Time),
  checkOutAt: nullable(Time),
  occurredAt: Time,
})

const Customer = Type.Object({
  ...CustomerSummary.properties,
  sex: personal('profile', nullable(Type.String())),
  birthYear: personal('profile', nullable(Type.Integer())),
  registeredPlace: personal('profile', nullable(Type.String())),
  timeZone: nullable(Type.String()),
  attributes: personal('profile', Type.Record(Type.String(), Type.String())),
  featureSet: nullable(Type.String()),
  features: Type.Array(Feature),
  scores: Type.Array(Score, {
    description: 'The newest score of each task and subject, with the row that the model saw.',
  }),
  alerts: Type.Array(Alert),
  assessments: Type.Array(Assessment),
  opportunities: Type.Array(Opportunity),
  visits: Type.Array(Visit, { description: 'Newest first.' }),
})

const VISITS_MAX = 200
const LINES_MAX = 500

interface Whose {
  readonly customerId: string
  /** Without what belongs to other teams' opportunities. */
  readonly teamId?: string
}

/** Reads a customer's opportunities, visits, alerts and assessments. */
async function otherLines(database: Database, whose: Whose) {
  const { customerId, teamId } = whose
  const has = await tablesOfCustomer(database, customerId)
  const ofCustomer = [database, whose, { limit: LINES_MAX }] as const
  return Promise.all([
    readIf(has.opportunities, () => listOpportunities(...ofCustomer)),
    readIf(has.visits, () => visitsOfCustomer(database, customerId, VISITS_MAX, teamId)),
    readIf(has.alerts, () => listAlerts(...ofCustomer)),
    readIf(has.assessments, async () => assessmentsJson(database, await listAssessments(...ofCustomer))),
  ])
}

function readIf<Row>(isThere: boolean, read: () => Promise<Row[]>): Promise<Row[]> {
  return isThere ? read() : Promise.resolve([])
}

/** Route for everything that is known about a customer. */
export function customerRoute(server: Server, { database, names }: RouteContext): void {
  server.get(
    '/customers/:id',
    {
      config: { access: 'read-customers', own: { params: { id: 'customer' }, ...ofTeamOnly } },
      serializerCompiler: plainJson,
      schema: {
        tags: ['customers'],
        summary: 'A customer: features, scores with their rows, alerts, assessments, opportunities, visits',
        params: Type.Object({ id: Name }),
        querystring: Type.Object(
          { teamId: filter('Without what belongs to other teams’ opportunities.') },
          { additionalProperties: false },
        ),
        response: { 200: Customer, ...problems('invalid-request', 'not-found') },
      },
    },
    async ({ params: { id }, query }) => {
      const whose = { customerId: id, ...query }
      const [customer, scores, [opportunities, visits, alerts, assessments]] = await Promise.all([
        customerById(database, id),
        listScores(database, whose, { limit: LINES_MAX, rows: true }),
        otherLines(database, whose),
      ])
      // A prospect may have only opportunities, before there is a profile or a feature.
      if (customer === undefined && opportunities.length === 0 && visits.length === 0 && scores.length === 0) {
        throw await noCustomer(database, id)
      }
      const briefs = await opportunityBriefs(
        database,
        opportunities.map(({ opportunityId }) => opportunityId),
      )
      const { featureSet = null, values } = customer ?? {}
      const name = customer?.name ?? null
      return {
        customerId: id,
        name,
        segment: customer?.segment ?? null,
        residence: customer?.residence ?? null,
        source: customer?.source ?? null,
        featuresAt: customer?.featuresAt?.toISOString() ?? null,
        sex: customer?.sex ?? null,
        birthYear: customer?.birthYear ?? null,
        registeredPlace: customer?.registeredPlace ?? null,
        timeZone: customer?.timeZone ?? null,
        attributes: { ...customer?.attributes },
        featureSet,
        features: featureSet === null || !values ? [] : names.describe(featureSet, values),
        scores: scores.map((score) => scoreJson(score, name, names)),
        alerts: alerts.map((alert) => alertJson(alert, name)),
        assessments,
        opportunities: opportunities.map((one) => opportunityJson(one, briefs.get(one.opportunityId))),
        visits: visits.map(isoTimes),
      }
    },
  )
}
