import { Type, type Static } from 'typebox'
import { CaseAfter } from '../../schemas/visits/cases.ts'
import { actsOfCase, type StoredCaseAct } from '../../store/visits/cases.ts'
import { listCases } from '../../store/visits/listed-cases.ts'
import { withCustomerNames } from '../customers/named-rows.ts'
import { responseFields } from '../http/response-fields.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { personal } from '../http/personal.ts'
import { Name, nullable, Time } from '../http/schema-parts.ts'
import { plainJson } from '../http/plain-json.ts'
import type { Server } from '../http/server.ts'
import { entityTag } from '../http/versions.ts'
import type { ApiPorts } from '../ports.ts'
import { PricedCase, pricedCaseJson } from './case-json.ts'
import { ComparedVisit, ShownVisit, sideBySide } from './compared-visits.ts'

const ACTS_MAX = 500

const CaseState = Type.Object(responseFields(CaseAfter))
const Act = Type.Object({
  id: Type.String(),
  revision: Type.Integer({ description: 'Revision of the case after the act.' }),
  act: Type.String({ description: 'What a person or the platform did.' }),
  actId: nullable(Type.String()),
  by: nullable(Type.String(), 'null for the platform.'),
  note: personal('texts', nullable(Type.String())),
  refusal: nullable(Type.String(), 'Why it was refused; null if it was not.'),
  before: nullable(CaseState),
  after: CaseState,
  occurredAt: Time,
})

const CaseDetail = Type.Object({
  ...PricedCase.properties,
  acts: Type.Array(Act, { description: 'The newest 500 acts on the case, oldest first.' }),
  visit: nullable(ShownVisit, 'null if the record of the visit has not arrived.'),
  others: Type.Array(ComparedVisit, { description: 'Visits that the evidence names, for comparison.' }),
})

/** Route for a case with everything that a reviewer needs to decide it (spec V5). */
export function caseRoute(server: Server, { database, reviews }: ApiPorts): void {
  server.get(
    '/cases/:visitId',
    {
      config: { access: 'read-sales', own: { params: { visitId: 'case' } } },
      serializerCompiler: plainJson,
      schema: {
        tags: ['sales'],
        summary: 'One case with its log and the visits that its evidence names; the ETag is its revision',
        params: Type.Object({ visitId: Name }),
        response: { 200: CaseDetail, ...problems('not-found') },
      },
    },
    async ({ params: { visitId } }, reply) => {
      const [held] = await listCases(database, { visitId }, await reviews.scale(database), { limit: 1 })
      if (held === undefined) throw new ProblemError('not-found', `The visit ${JSON.stringify(visitId)} has no case.`)
      const [acts, [priced], shown] = await Promise.all([
        actsOfCase(database, visitId, ACTS_MAX),
        withCustomerNames(database, [held], pricedCaseJson),
        sideBySide(database, held, reviews),
      ])
      return reply.header('etag', entityTag(held.revision)).send({ ...priced!, acts: acts.map(actJson), ...shown })
    },
  )
}

function actJson({ actBy: by, actNote: note, occurredAt, before, after, ...act }: StoredCaseAct): Static<typeof Act> {
  const { id, revision, actId, refusal } = act
  return { id, revision, act: act.act, actId, by, note, refusal, before, after, occurredAt: occurredAt.toISOString() }
}
