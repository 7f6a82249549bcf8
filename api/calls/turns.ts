import { Type, type TSchema } from 'typebox'
import { EVENT_BYTES_MAX } from '../../schemas/check-event.ts'
import { fromJson, MISSING, toJson } from '../../schemas/json/json-event.ts'
import { turnAnalyses, turns, type TurnAnalysis } from '../../schemas/calls/turns.ts'
import { timeZoneOfCustomer, turnsOfCall, type StoredTurn } from '../../store/calls/turns.ts'
import { responseSchema, eventSchema } from '../events/event-schema.ts'
import type { ApiPorts } from '../ports.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { Name } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'

const Analysis = Type.Unsafe<Record<string, unknown>>(responseSchema(turnAnalyses.schema) as TSchema)

/** The turn of /events/turns, except that `text` may be left out if `words` are given. */
const Turn = turnSchema()
function turnSchema(): TSchema {
  const turn = eventSchema(turns.schema)
  const words = { ...(turn.properties['words'] as object), minItems: 1 }
  return {
    ...turn,
    required: turn.required.filter((name) => name !== 'text'),
    anyOf: [{ required: ['text'] }, { required: ['words'], properties: { words } }],
  } as TSchema
}

/** Routes that analyse a turn of a running call, and list the turns of a call (spec C8). */
export function turnsRoutes(server: Server, { database, analyseTurn }: ApiPorts): void {
  server.post(
    '/turns/analysis',
    {
      config: { access: 'score' },
      schema: {
        tags: ['calls'],
        summary: 'Analyse a turn synchronously: intent, sentiment, objection, key phrases; nothing is stored',
        description:
          'Accepts a turn in the form of /events/turns, as text or as words from speech recognition. Earlier turns of the call that the platform has analysed serve as context.',
        body: Type.Unsafe<unknown>(Turn),
        response: { 200: Analysis, ...problems('invalid-request') },
      },
      bodyLimit: EVENT_BYTES_MAX,
      validatorCompiler: () => () => true,
    },
    async ({ body }) => {
      const turn = fromJson(turns, withText(body))
      if (!turn.ok) {
        const parts = turn.problems.map(({ path, problem }) => ({
          part: 'body',
          path,
          problem: path === '/text' && problem === MISSING ? `${MISSING} Send text or words.` : problem,
        }))
        throw new ProblemError('invalid-request', 'The body is invalid.', parts)
      }
      const { customerId, callId, turn: number } = turn.value
      const earlier = (await turnsOfCall(database, callId)).filter(
        (one) => one.customerId === customerId && one.turn < number,
      )
      const analysis = await analyseTurn(
        turn.value,
        earlier.map(analysisOf),
        await timeZoneOfCustomer(database, customerId),
      )
      return toJson(turnAnalyses, analysis)
    },
  )
  server.get(
    '/calls/:callId/turns',
    {
      config: { access: 'read-customers' },
      schema: {
        tags: ['calls'],
        summary: 'What the customer said in a call, turn by turn',
        params: Type.Object({ callId: Name }),
        response: { 200: Type.Object({ turns: Type.Array(Analysis) }), ...problems('not-found') },
      },
    },
    async ({ params: { callId } }) => {
      const storedTurns = await turnsOfCall(database, callId)
      if (storedTurns.length === 0)
        throw new ProblemError('not-found', `There are no turns of a call ${JSON.stringify(callId)}.`)
      return { turns: storedTurns.map((one) => toJson(turnAnalyses, analysisOf(one))) }
    },
  )
}

/** Adds an empty text if the turn has words alone: the text is then taken from the words. */
function withText(body: unknown): unknown {
  const { text, words } = (body ?? {}) as { readonly text?: unknown; readonly words?: unknown }
  return text === undefined && Array.isArray(words) && words.length > 0 ? { ...(body as object), text: '' } : body
}

function analysisOf(stored: StoredTurn): TurnAnalysis {
  return {
    ...stored,
    occurredAt: stored.occurredAt.getTime(),
    source: 'database',
    sentiment: stored.sentiment as TurnAnalysis['sentiment'],
  }
}
