import { Type, type Static } from 'typebox'
import { caseActKinds, claims, decisions, NOTE_LENGTH_MAX } from '../../schemas/visits/case-acts.ts'
import { sendCaseActs, type ActRefusal, type ActResult, type ActRequest } from '../../store/visits/send-case-acts.ts'
import { ProblemError, problems, type ProblemKind } from '../http/problem.ts'
import { Name, nullable, Text } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import { ChangedBy, entityTag, IfMatch, parseIfMatch } from '../http/versions.ts'
import type { ApiPorts } from '../ports.ts'
import { Case, caseJson } from './case-json.ts'

/** How long an answer waits for the act to be processed, which usually takes less than a second. */
const WAIT_MS = 5_000
const ACTS_MAX = 200

const actFields = {
  kind: Type.Enum([...caseActKinds]),
  to: Type.Optional(Type.String({ ...Text, maxLength: 200, description: 'For assign: the reviewer.' })),
  decision: Type.Optional(Type.Enum([...decisions], { description: 'For decide: the decision.' })),
  claim: Type.Optional(
    Type.Enum([...claims], { description: 'For decide: the claim that is decided; default: what the policy claims.' }),
  ),
  note: Type.Optional(
    Type.String({
      ...Text,
      maxLength: NOTE_LENGTH_MAX,
      description:
        'The answer, the comment or the reason. Required to answer, comment, reopen or dismiss, and to confirm a case that the salesperson has not answered.',
    }),
  ),
  id: Type.Optional(
    Type.String({
      ...Text,
      minLength: 1,
      maxLength: 200,
      description: 'Idempotency key: an act that is sent again with the same id is done once.',
    }),
  ),
}
const By = Type.String({ ...ChangedBy, description: 'Name of the person who acts; kept in the log of the case.' })
const Done = Type.Object({ actId: Type.String(), case: Case })

/** Problem kind by kind of refusal. */
const kinds: Readonly<Record<ActRefusal['problem'], ProblemKind>> = {
  unknown: 'not-found',
  stale: 'conflict',
  illegal: 'not-possible',
  full: 'not-possible',
  incomplete: 'incomplete',
}

/** Routes for acts on cases (spec V5). The processor decides whether an act is valid, so the answer waits for it. */
export function caseActsRoutes(server: Server, { database, reviews }: ApiPorts): void {
  const send = async (acts: readonly ActRequest[]) => {
    const { assignedMax } = await reviews.rules(database)
    const { refusalOf } = reviews
    return sendCaseActs(database, acts, { refusalOf, assignedMax, now: Date.now(), waitMs: WAIT_MS })
  }
  oneRoute(server, send)
  bulkRoute(server, send)
}

type Send = (acts: readonly ActRequest[]) => Promise<ActResult[]>

function oneRoute(server: Server, send: Send): void {
  server.post(
    '/cases/:visitId/acts',
    {
      // A salesperson answers the questions about their visits; others decide.
      config: {
        access: 'review-cases',
        own: { params: { visitId: 'case' }, body: { kind: ['answer', 'comment'] } },
      },
      schema: {
        tags: ['sales'],
        summary:
          'Assign, answer, decide, close, reopen or comment on a case; If-Match carries the revision that you have seen',
        params: Type.Object({ visitId: Name }),
        headers: IfMatch,
        body: Type.Object({ ...actFields, by: By }, { additionalProperties: false }),
        response: {
          200: Done,
          202: Type.Object({ actId: Type.String() }, { description: 'Accepted; the case does not show it yet.' }),
          ...problems(
            'invalid-request',
            'forbidden-origin',
            'not-found',
            'not-possible',
            'conflict',
            'incomplete',
            'version-required',
          ),
        },
      },
    },
    async ({ params: { visitId }, headers, body }, reply) => {
      const [result] = await send([actRequest(visitId, parseIfMatch(headers['if-match']), body.by, body)])
      if (result!.state === 'refused') throw new ProblemError(kinds[result!.refusal.problem], result!.refusal.text)
      const { actId, held, state } = result!
      if (state === 'waits' || held === undefined) return reply.code(202).send({ actId })
      return reply.header('etag', entityTag(held.revision)).send({ actId, case: caseJson(held) })
    },
  )
}

const WantedOne = Type.Object(
  {
    visitId: Name,
    revision: Type.Integer({ minimum: 0, description: 'The revision that you have seen.' }),
    ...actFields,
  },
  { additionalProperties: false },
)
const Result = Type.Object({
  visitId: Type.String(),
  state: Type.Enum(['done', 'waits', 'refused']),
  actId: nullable(Type.String()),
  problem: nullable(Type.String(), 'Kind of the problem if the act was refused, as for a single act.'),
  detail: nullable(Type.String()),
  revision: nullable(Type.Integer(), 'New revision of the case.'),
  status: nullable(Type.String(), 'New status of the case.'),
})

function bulkRoute(server: Server, send: Send): void {
  server.post(
    '/case-acts',
    {
      config: {
        access: 'review-cases',
        own: { items: { list: 'acts', field: 'visitId', kind: 'case' }, teamOnly: true },
      },
      schema: {
        tags: ['sales'],
        summary: 'Act on many cases at once; each act is done or refused independently',
        body: Type.Object(
          { by: By, acts: Type.Array(WantedOne, { minItems: 1, maxItems: ACTS_MAX }) },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({ items: Type.Array(Result, { description: 'In the order of the acts.' }) }),
          ...problems('invalid-request', 'forbidden-origin'),
        },
      },
    },
    async ({ body: { by, acts } }) => {
      const results = await send(acts.map((act) => actRequest(act.visitId, act.revision, by, act)))
      return { items: results.map((result, place) => resultJson(acts[place]!.visitId, result)) }
    },
  )
}

function resultJson(visitId: string, result: ActResult): Static<typeof Result> {
  const { state, actId } = result
  if (state === 'refused') {
    const { problem, text: detail } = result.refusal
    return { visitId, state, actId, problem: kinds[problem], detail, revision: null, status: null }
  }
  const { revision = null, status = null } = result.held ?? {}
  return { visitId, state, actId, problem: null, detail: null, revision, status }
}

type Fields = Static<ReturnType<typeof Type.Object<typeof actFields>>>

function actRequest(visitId: string, revision: number, by: string, fields: Fields): ActRequest {
  const { kind, to = null, decision = null, claim = null, note = null, id } = fields
  return { visitId, revision, kind, by, to, decision, claim, note, id }
}
