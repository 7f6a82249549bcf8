import { Type } from 'typebox'
import type { Server } from '../http/server.ts'

/** The process is alive; whether it can do its work is another question: see /ready. */
export function healthRoute(server: Server): void {
  const response = { 200: Type.Object({ status: Type.Literal('alive') }) }
  server.get(
    '/health',
    { config: { access: 'public' }, schema: { tags: ['operations'], summary: 'Liveness', response } },
    () => ({ status: 'alive' as const }),
  )
}
