import type { FastifyReply } from 'fastify'
import { Type, type Static } from 'typebox'
import { nullable } from './schema-parts.ts'

/**
 * Every kind of failure that a client can get. The name is part of the problem's `type`, so its meaning never changes.
 */
export const problemKinds = {
  'invalid-request': { status: 400, title: 'The request is invalid', help: '`errors` names every part that is wrong.' },
  'invalid-events': {
    status: 400,
    title: 'Some of the events are not as they must be',
    help: 'Nothing of the request was taken. `errors` names every problem with the index of its event and the place in it.',
  },
  'not-found': { status: 404, title: 'There is nothing of that name', help: '`detail` says what was looked for.' },
  'method-not-allowed': {
    status: 405,
    title: 'There is no such method here',
    help: 'The header Allow names those that there are.',
  },
  'too-slow': {
    status: 408,
    title: 'The request took too long to arrive',
    help: 'Send it again, all of it within 30 seconds.',
  },
  'no-model': {
    status: 409,
    title: 'No model can score this',
    help: 'No model is released for the task yet, or the released one was trained on other features. `detail` says which.',
  },
  'not-possible': {
    status: 409,
    title: 'That can’t be done as things stand',
    help: '`detail` says what stands against it, and what can be done.',
  },
  held: {
    status: 409,
    title: 'The policy is held',
    help: 'On past visits it flags more of a day than its limit allows, so it is not activated. `detail` has the figures. Change the policy, raise its limit, or send `force`, which is on record.',
  },
  conflict: {
    status: 412,
    title: 'It has been changed in the meantime',
    help: 'Read the newest version, decide again, and send its version in If-Match.',
  },
  'too-large': {
    status: 413,
    title: 'The request is too large',
    help: 'An event has 1 MiB at most, a request with events 8 MiB, a turn, what is to be scored or a list of customers 1 MiB, any other request 256 KiB. Send fewer events at a time.',
  },
  'unsupported-type': {
    status: 415,
    title: 'The body is of a type that is not read here',
    help: 'Send application/json in UTF-8, as it is or compressed by gzip, deflate or br.',
  },
  incomplete: {
    status: 422,
    title: 'Something that this needs is missing',
    help: '`detail` says what: send it again with that.',
  },
  'version-required': {
    status: 428,
    title: 'The version that you have seen is missing',
    help: 'Send the ETag of the version that you have read in the header If-Match.',
  },
  'head-too-large': {
    status: 431,
    title: 'The address and the headers of the request are too large',
    help: 'They may have 64 KiB together.',
  },
  'forbidden-origin': {
    status: 403,
    title: 'This request comes from another site',
    help: 'The API answers to its own page, to programs on this machine, and under its own name only.',
  },
  'internal-error': {
    status: 500,
    title: 'Something went wrong here',
    help: 'The log of the API has the cause under the time of the answer.',
  },
  unavailable: {
    status: 503,
    title: 'A part of the platform does not answer',
    help: 'Try again in a moment; /ready says which part it is.',
  },
} as const satisfies Record<string, { readonly status: number; readonly title: string; readonly help: string }>

export type ProblemKind = keyof typeof problemKinds

export const PROBLEM_TYPE = 'application/problem+json'

const ProblemPart = Type.Object({
  index: Type.Optional(Type.Integer({ description: 'Index of the event, from 0, if several were sent.' })),
  part: Type.Optional(Type.String({ description: 'body, query or path.' })),
  path: Type.String({ description: 'JSON Pointer (RFC 6901) to the value.' }),
  code: Type.Optional(nullable(Type.String(), 'From the list of event error codes.')),
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
