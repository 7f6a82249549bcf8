import { PROBLEM_TYPE, Problem, problemKinds, type ProblemKind } from './problem.ts'

/** Failures that any request can have: of its address, host or size, or of the platform. */
const OF_ALL: readonly ProblemKind[] = [
  'invalid-request',
  'not-authenticated',
  'forbidden-origin',
  'forbidden',
  'too-slow',
  'too-many-requests',
  'head-too-large',
  'internal-error',
  'unavailable',
]
/** Additional failures of routes with a body. */
const OF_BODIES: readonly ProblemKind[] = ['too-large', 'unsupported-type']

interface Operation {
  readonly requestBody?: unknown
  readonly responses?: Readonly<Record<string, Response>>
}
interface Response {
  readonly description: string
  readonly content?: Readonly<Record<string, unknown>>
}
export interface Description {
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> }
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

const common = failures(OF_ALL)
const commonOfBodies = failures([...OF_ALL, ...OF_BODIES])

/** Adds the failures that all routes share to the description; the schema of problem documents appears in it once. */
export function withFailures(description: Description): Description {
  return {
    ...description,
    components: { ...description.components, schemas: { ...description.components?.schemas, Problem } },
    paths: mapped(description.paths, (operations) => mapped(operations, operationWithFailures)),
  }
}

function operationWithFailures(operation: Operation): Operation {
  const own = mapped(operation.responses, (response) =>
    response.content !== undefined && PROBLEM_TYPE in response.content
      ? problemResponse(response.description)
      : response,
  )
  return { ...operation, responses: { ...(operation.requestBody === undefined ? common : commonOfBodies), ...own } }
}

function failures(kinds: readonly ProblemKind[]): Readonly<Record<string, Response>> {
  return Object.fromEntries(kinds.map((kind) => [problemKinds[kind].status, problemResponse(problemKinds[kind].title)]))
}

function problemResponse(description: string): Response {
  return { description, content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } } }
}

function mapped<T, R>(entries: Readonly<Record<string, T>> = {}, by: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, by(value)]))
}
