import type { FastifyReply } from 'fastify'
import { Type, type Static } from 'typebox'
import { nullable } from './schema-parts.ts'

/**
 * Every kind of failure that a client can get. The name is part of the problem's `type`, so its meaning never changes.
 */
export const problemKinds = {
  'invalid-request': { status: 400, title: 'The request is invalid', help: '`errors` lists every invalid part.' },
  'invalid-events': {
    status: 400,
    title: 'Some of the events are invalid',
    help: 'None of the events was accepted. `errors` lists every problem with the index of the event and the path in it.',
  },
  'not-authenticated': {
    status: 401,
    title: 'The request is not authenticated',
    help: 'Send a valid API key or token in the header `Authorization: Bearer …`; call systems send the secret that `detail` names.',
  },
  'not-authentic': {
    status: 401,
    title: 'The webhook is not authentic',
    help: 'Its signature or token is missing or wrong, or it was sent too long ago. docs/webhooks.md says how to check.',
  },
  'not-found': { status: 404, title: 'Not found', help: '`detail` says what was looked for.' },
  'method-not-allowed': {
    status: 405,
    title: 'This method is not supported here',
    help: 'The header Allow lists the supported methods.',
  },
  'too-slow': {
    status: 408,
    title: 'The request took too long to arrive',
    help: 'Send it again; the whole request must arrive within 30 seconds.',
  },
  'no-model': {
    status: 409,
    title: 'No model can score this',
    help: 'No model is released for the task yet, or the released one was trained on other features. `detail` says which.',
  },
  'not-possible': {
    status: 409,
    title: 'This is not possible in the current state',
    help: '`detail` says why, and what can be done.',
  },
  held: {
    status: 409,
    title: 'The policy is held',
    help: 'On past visits the policy flags a larger share of a day’s visits than its limit allows, so it was not activated. `detail` has the figures. Change the policy, raise its limit, or send `force`, which is recorded.',
  },
  conflict: {
    status: 412,
    title: 'It was changed in the meantime',
    help: 'Read the newest version, decide whether your change still applies, and send its version in If-Match.',
  },
  'too-large': {
    status: 413,
    title: 'The request is too large',
    help: 'Limits: an event 1 MiB; a request with events 8 MiB; a turn, a row to score or a list of customers 1 MiB; a webhook 384 KiB; any other request 256 KiB. Send fewer events at a time.',
  },
  'unsupported-type': {
    status: 415,
    title: 'The content type is not supported',
    help: 'Send application/json in UTF-8, uncompressed or compressed with gzip, deflate or br.',
  },
  incomplete: {
    status: 422,
    title: 'Something required is missing or unknown',
    help: '`detail` says what. Correct the request and send it again.',
  },
  'version-required': {
    status: 428,
    title: 'The header If-Match is missing',
    help: 'Send the ETag of the version that you have read in the header If-Match.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    help: 'The key or token has made its requests of this minute. `Retry-After` says in how many seconds it may go on.',
  },
  'head-too-large': {
    status: 431,
    title: 'The address and the headers of the request are too large',
    help: 'The limit is 64 KiB for both together.',
  },
  forbidden: {
    status: 403,
    title: 'This is not allowed',
    help: 'The request is authenticated, but its key or token does not have the right, the object belongs to another salesperson, or the change names another person as its author. `detail` says which.',
  },
  'forbidden-origin': {
    status: 403,
    title: 'This request comes from another site',
    help: 'The API accepts requests only from its own page and from programs on this machine, and only under its own name.',
  },
  'internal-error': {
    status: 500,
    title: 'Something went wrong here',
    help: 'The cause is in the log of the API, at the time of the response.',
  },
  unavailable: {
    status: 503,
    title: 'A part of the platform is unavailable',
    help: 'Try again in a moment; /ready says which part it is.',
  },
} as const satisfies Record<string, { readonly status: number; readonly title: string; readonly help: string }>

export type ProblemKind = keyof typeof problemKinds

export const PROBLEM_TYPE = 'application/problem+json'

const ProblemPart = Type.Object({
  index: Type.Optional(Type.Integer({ description: 'Index of the event, from 0, if several were sent.' })),
  part: Type.Optional(Type.String({ description: 'body, query or path.' })),
  path: Type.String({ description: 'JSON Pointer (RFC 6901) to the value.' }),
  code: Type.Optional(nullable(Type.String(), 'An event error code.')),
  problem: Type.String(),
})
export type ProblemPart = Static<typeof ProblemPart>

/** Schema of a problem document (RFC 9457). */
export const Problem = Type.Object(
  {
    type: Type.String({ description: 'Stable; `/problems/{name}` on this server explains it.' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    errors: Type.Optional(Type.Array(ProblemPart)),
  },
  { title: 'Problem', description: 'A problem document (RFC 9457).' },
)
export type Problem = Static<typeof Problem>

/** Ends a request with a problem document. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly kind: ProblemKind
  readonly parts: readonly ProblemPart[] | undefined

  constructor(kind: ProblemKind, detail: string, parts?: readonly ProblemPart[]) {
    super(detail)
    this.kind = kind
    this.parts = parts
  }
}

/** Returns the problem for a single error in a body. `path`: JSON Pointer to the value. */
export function invalidBody(problem: string, path = ''): ProblemError {
  return new ProblemError('invalid-request', problem, [{ part: 'body', path, problem }])
}

export function problemOf(kind: ProblemKind, detail: string, parts?: readonly ProblemPart[]): Problem {
  const { status, title } = problemKinds[kind]
  return { type: `/problems/${kind}`, title, status, detail, ...(parts === undefined ? {} : { errors: [...parts] }) }
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  // Bypasses the route's serialiser, whose schema may be of another response.
  return reply.code(problem.status).type(PROBLEM_TYPE).serializer(JSON.stringify).send(problem)
}

/** Returns the response schemas of these problems, by status, for a route's description. */
export function problems<const Kinds extends readonly ProblemKind[]>(...kinds: Kinds) {
  return Object.fromEntries(
    kinds.map((kind) => [
      problemKinds[kind].status,
      { description: problemKinds[kind].title, content: { [PROBLEM_TYPE]: { schema: Problem } } },
    ]),
  )
}
