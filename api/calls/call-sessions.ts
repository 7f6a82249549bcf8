import { Type } from 'typebox'
import { identifier } from '../../schemas/avro/schema.ts'
import { languageTag } from '../../schemas/rules.ts'
import { EVENT_BYTES_MAX } from '../../schemas/check-event.ts'
import { currentTime } from '../current-time.ts'
import { problems } from '../http/problem.ts'
import { personal } from '../http/personal.ts'
import { Name, nullable, Text } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts, LiveCalls, Prompt } from '../ports.ts'
import { withCustomerNames } from '../customers/named-rows.ts'
import { createLiveCalls, promptOf, requireSession } from './live-calls.ts'
import { SessionFields, sessionFields } from './session-fields.ts'

const PromptFields = {
  step: Type.Integer({
    description: 'Number of the step; a report about an older step is answered with the current prompt again.',
  }),
  say: Type.Array(
    Type.Object({ partId: Type.String(), text: personal('names', Type.String()), required: Type.Boolean() }),
    {
      description: 'What to say, in order; empty: nothing.',
    },
  ),
  next: Type.Enum(['listen', 'end', 'transfer'], {
    description: 'After saying it: listen to the customer, end the call, or transfer it to an agent.',
  }),
  reasons: Type.Array(Type.String(), { description: 'Why it deviates from the script.' }),
}
const PromptSchema = Type.Object(PromptFields)
const Session = Type.Object({
  ...SessionFields,
  parts: Type.Array(
    Type.Object({
      id: Type.String(),
      text: personal('names', Type.String()),
      required: Type.Boolean(),
      state: Type.String({ description: 'pending, said or skipped.' }),
      interruptions: Type.Integer(),
    }),
  ),
  answers: Type.Array(
    Type.Object({ objection: Type.String(), text: personal('names', Type.String()), used: Type.Boolean() }),
    {
      description: 'Answers to objections; `used`: it was given in this call.',
    },
  ),
  turns: Type.Integer({ description: 'Number after the newest turn of the customer.' }),
  prompt: PromptSchema,
})

const At = Type.Optional(Type.String({ format: 'date-time', description: 'When it happened. Default: now.' }))
const params = Type.Object({ callId: Name })
const failures = ['invalid-request', 'forbidden-origin', 'not-found', 'unavailable'] as const

/** Routes that lead a live call, for call systems without a socket (spec C8). */
export function callSessionsRoutes(server: Server, ports: ApiPorts): void {
  const calls = createLiveCalls(ports)
  const timeOf = (at: string | undefined) => (at === undefined ? currentTime(ports) : Date.parse(at))
  startRoute(server, calls, timeOf)
  turnRoute(server, calls, timeOf)
  interruptionRoutes(server, calls, timeOf)
  endRoute(server, calls, timeOf)
  server.get(
    '/call-sessions/:callId',
    {
      config: { access: 'read-customers' },
      schema: {
        tags: ['calls'],
        summary: 'Where a live call is: the parts of its script, and what to say now',
        params,
        response: { 200: Session, ...problems('not-found') },
      },
    },
    async ({ params: { callId } }) => {
      const session = await requireSession(ports, callId)
      const { parts, answers, lastTurn } = session
      const [customerName] = await withCustomerNames(ports.database, [session], (_, name) => name)
      return {
        ...sessionFields(session, customerName ?? null),
        answers: answers.map(({ objection, text, used }) => ({ objection, text, used })),
        turns: lastTurn + 1,
        parts: parts.map(({ id, text, required, state, repeats }) => ({
          ...{ id, text, required, state, interruptions: repeats },
        })),
        prompt: jsonOf(promptOf(session)),
      }
    },
  )
}

type TimeOf = (at: string | undefined) => number

function startRoute(server: Server, calls: LiveCalls, timeOf: TimeOf): void {
  server.post(
    '/call-sessions',
    {
      config: { access: 'dispatch-calls' },
      schema: {
        tags: ['calls'],
        summary: 'Start leading a live call, or resume it: what to say first, or now',
        body: Type.Object(
          {
            callId: Type.String({ ...identifier.json, description: 'Id of the call, as in the event `calls`.' }),
            customerId: Name,
            language: Type.String(languageTag.json),
            agent: Type.Optional(
              nullable(Type.String({ ...Text, maxLength: 200 }), 'Name of the agent; null if no person calls.'),
            ),
            at: At,
          },
          { additionalProperties: false },
        ),
        response: { 200: PromptSchema, ...problems(...failures, 'not-possible', 'incomplete') },
      },
    },
    async ({ body: { agent = null, at, ...call } }) => jsonOf(await calls.start({ ...call, agent, at: timeOf(at) })),
  )
}

function turnRoute(server: Server, calls: LiveCalls, timeOf: TimeOf): void {
  server.post(
    '/call-sessions/:callId/turns',
    {
      config: { access: 'dispatch-calls' },
      schema: {
        tags: ['calls'],
        summary: 'What the customer has said; answers what to say next',
        params,
        body: Type.Object(
          {
            number: Type.Integer({
              minimum: 0,
              description: 'Number of the turn, rising from 0. A repeated turn gets the current prompt again.',
            }),
            text: Type.Optional(Type.String({ description: 'Default: the joined words.' })),
            words: Type.Optional(
              Type.Array(
                Type.Object(
                  {
                    ...{ text: Type.String(), startMs: Type.Integer(), endMs: Type.Integer() },
                    confidence: nullable(Type.Number()),
                  },
                  { additionalProperties: false },
                ),
              ),
            ),
            at: At,
          },
          { additionalProperties: false },
        ),
        response: { 200: PromptSchema, ...problems(...failures) },
      },
      bodyLimit: EVENT_BYTES_MAX,
    },
    async ({ params: { callId }, body: { text = '', at, ...turn } }) =>
      jsonOf(await calls.turn(callId, { ...turn, text, at: timeOf(at) })),
  )
}

function interruptionRoutes(server: Server, calls: LiveCalls, timeOf: TimeOf): void {
  const common = { tags: ['calls'], params, response: { 200: PromptSchema, ...problems(...failures) } }
  server.post(
    '/call-sessions/:callId/interruptions',
    {
      config: { access: 'dispatch-calls' },
      schema: {
        ...common,
        summary: 'The customer has interrupted a part; what is missing is said after the turn or a silence',
        body: Type.Object(
          {
            partId: Name,
            spoken: Type.String({ ...Text, maxLength: 8_000, description: 'Text of the part that was played.' }),
            at: At,
          },
          { additionalProperties: false },
        ),
      },
    },
    async ({ params: { callId }, body: { at, ...interruption } }) =>
      jsonOf(await calls.interrupted(callId, { ...interruption, at: timeOf(at) })),
  )
  server.post(
    '/call-sessions/:callId/silences',
    {
      config: { access: 'dispatch-calls' },
      schema: {
        ...common,
        summary: 'The customer has said nothing for some time; answers what to say next',
        body: Type.Object({ ms: Type.Integer({ minimum: 0 }), at: At }, { additionalProperties: false }),
      },
    },
    async ({ params: { callId }, body: { ms, at } }) => jsonOf(await calls.silence(callId, { ms, at: timeOf(at) })),
  )
}

function endRoute(server: Server, calls: LiveCalls, timeOf: TimeOf): void {
  server.post(
    '/call-sessions/:callId/end',
    {
      config: { access: 'dispatch-calls' },
      schema: {
        tags: ['calls'],
        summary: 'The call is over',
        params,
        body: Type.Object(
          { reason: Type.String({ ...Text, minLength: 1, maxLength: 1_000 }), at: At },
          { additionalProperties: false },
        ),
        response: { 204: Type.Null(), ...problems(...failures) },
      },
    },
    async ({ params: { callId }, body: { reason, at } }, reply) => {
      await calls.end(callId, { reason, at: timeOf(at) })
      return reply.code(204).send(null)
    },
  )
}

function jsonOf({ step, say, next, reasons }: Prompt) {
  return { step, say: [...say], next, reasons: [...reasons] }
}
