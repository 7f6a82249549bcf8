import { Type } from 'typebox'
import type { ApiPorts } from '../ports.ts'
import { nullable } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'

export const Part = Type.Object({
  part: Type.String(),
  ready: Type.Boolean(),
  reason: nullable(Type.String(), 'Why it is not ready.'),
  warning: nullable(
    Type.String(),
    'Something that needs attention although the part is ready, such as a channel that rejects messages.',
  ),
})
const Readiness = Type.Object({ ready: Type.Boolean(), parts: Type.Array(Part) })

/** Readiness route: whether each part works, and if not, why. */
export function readinessRoute(server: Server, { readiness }: Pick<ApiPorts, 'readiness'>): void {
  server.get(
    '/ready',
    {
      config: { access: 'public' },
      schema: {
        tags: ['operations'],
        summary: 'Readiness: 503 while a part is not ready, with the reason',
        response: { 200: Readiness, 503: Readiness },
      },
    },
    async (_request, reply) => {
      const parts = (await readiness()).map((part) => ({ ...part, warning: part.warning ?? null }))
      const ready = parts.every((part) => part.ready)
      return reply.code(ready ? 200 : 503).send({ ready, parts })
    },
  )
}
