import { Type } from 'typebox'
import type { Server } from '../http/server.ts'

/** Liveness route: the process answers. For whether it can do its work, see /ready. */
export function healthRoute(server: Server): void {
  const response = { 200: Type.Object({ status: Type.Literal('alive') }) }
  server.get(
    '/health',
    { config: { access: 'public' }, schema: { tags: ['operations'], summary: 'Liveness', response } },
    () => ({ status: 'alive' as const }),
  )
}
