import { Type } from 'typebox'
import { ProblemError, problemKinds, problems, type ProblemKind } from './problem.ts'
import { Name } from './schema-parts.ts'
import type { Server } from './server.ts'

const Explanation = Type.Object({
  type: Type.String(),
  status: Type.Integer(),
  title: Type.String(),
  help: Type.String(),
})

/** Routes that the `type` of a problem document points to: what the problem means and what to do. */
export function problemRoutes(server: Server): void {
  const explain = (kind: ProblemKind) => ({ type: `/problems/${kind}`, ...problemKinds[kind] })
  const kinds = Object.keys(problemKinds) as ProblemKind[]
  server.get(
    '/problems',
    {
      config: { access: 'public' },
      schema: {
        tags: ['problems'],
        summary: 'All kinds of failures',
        response: { 200: Type.Object({ items: Type.Array(Explanation) }) },
      },
    },
    () => ({ items: kinds.map(explain) }),
  )
  server.get(
    '/problems/:kind',
    {
      config: { access: 'public' },
      schema: {
        tags: ['problems'],
        summary: 'One kind of failure',
        params: Type.Object({ kind: Name }),
        response: { 200: Explanation, ...problems('not-found') },
      },
    },
    ({ params }) => {
      const kind = kinds.find((one) => one === params.kind)
      if (kind === undefined)
        throw new ProblemError('not-found', `There is no kind of failure ${JSON.stringify(params.kind)}.`)
      return explain(kind)
    },
  )
}
