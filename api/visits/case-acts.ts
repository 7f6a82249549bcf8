import { Type, type Static } from 'typebox'
import { caseActKinds, claims, decisions, NOTE_LENGTH_MAX } from '../../schemas/visits/case-acts.ts'
import { sendCaseActs, type ActRefusal, type ActResult, type WantedAct } from '../../store/visits/send-case-acts.ts'
import { ProblemError, problems, type ProblemKind } from '../http/problem.ts'
import { Name, nullable, Text } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import { ChangedBy, entityTag, IfMatch, seenVersion } from '../http/versions.ts'
import type { ApiPorts } from '../ports.ts'
import { Case, caseJson } from './case-json.ts'

/** How long an answer waits for the act to be processed, which usually takes less than a second. */
const WAIT_MS = 5_000
const ACTS_MAX = 200

const actFields = {
  kind: Type.Enum([...caseActKinds]),
  to: Type.Optional(Type.String({ ...Text, maxLength: 200, description: 'assign: the reviewer.' })),
  decision: Type.Optional(Type.Enum([...decisions], { description: 'decide: how.' })),
  claim: Type.Optional(Type.Enum([...claims], { description: 'decide: on what; otherwise on what the policy said.' })),
  note: Type.Optional(
    Type.String({
      ...Text,
      maxLength: NOTE_LENGTH_MAX,
      description:
        'The answer, the comment, or why. Required to answer, to comment, to reopen, to dismiss, and to confirm what the salesperson has not answered to.',
    }),
  ),
  id: Type.Optional(
    Type.String({
      ...Text,
      minLength: 1,
      maxLength: 200,
      description: 'Your own name of the act: sent again with it, it is done once.',
    }),
  ),
}
const By = Type.String({ ...ChangedBy, description: 'Who does it; kept in the log of the case.' })
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
  const send = async (acts: readonly WantedAct[]) => {
    const { assignedMax } = await reviews.rules(database)
    const { refusalOf } = reviews
    return sendCaseActs(database, acts, { refusalOf, assignedMax, now: Date.now(), waitMs: WAIT_MS })
  }
  oneRoute(server, send)
  bulkRoute(server, send)
}

type Send = (acts: readonly WantedAct[]) => Promise<ActResult[]>

function oneRoute(server: Server, send: Send): void {
  server.post(
    '/cases/:visitId/acts',
    {
      config: { access: 'review-cases' },
      schema: {
        tags: ['sales'],
        summary:
          'Assign, answer, decide, close, reopen or comment on a case; If-Match carries the revision that you have seen',
        params: Type.Object({ visitId: Name }),
        headers: IfMatch,
        body: Type.Object({ ...actFields, by: By }, { additionalProperties: false }),
        response: {
          200: Done,
          202: Type.Object({ actId: Type.String() }, { description: 'Taken; the case does not show it yet.' }),
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
      const [result] = await send([wanted(visitId, seenVersion(headers['if-match']), body.by, body)])
      if (result!.state === 'refused') throw new ProblemError(kinds[result!.refusal.problem], result!.refusal.text)
      const { actId, held, state } = result!
      if (state === 'waits' || held === undefined) return reply.code(202).send({ actId })
      return reply.header('etag', entityTag(held.revision)).send({ actId, case: caseJson(held) })
    },
  )
}

const WantedOne = Type.Object(
  { visitId: Name, revision: Type.Integer({ minimum: 0, description: 'That you have seen.' }), ...actFields },
  { additionalProperties: false },
)
const Result = Type.Object({
  visitId: Type.String(),
  state: Type.Enum(['done', 'waits', 'refused']),
  actId: nullable(Type.String()),
  problem: nullable(Type.String(), 'The name of the problem where it was refused, as for a single act.'),
  detail: nullable(Type.String()),
  revision: nullable(Type.Integer(), 'Of the case now.'),
  status: nullable(Type.String(), 'Of the case now.'),
})

function bulkRoute(server: Server, send: Send): void {
  server.post(
    '/case-acts',
    {
      config: { access: 'review-cases' },
      schema: {
        tags: ['sales'],
        summary: 'The same for many cases at once; each act is done or refused by itself',
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
      const results = await send(acts.map((act) => wanted(act.visitId, act.revision, by, act)))
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

function wanted(visitId: string, revision: number, by: string, fields: Fields): WantedAct {
  const { kind, to = null, decision = null, claim = null, note = null, id } = fields
  return { visitId, revision, kind, by, to, decision, claim, note, id }
}
