import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { nameActingPerson } from './acting-person.ts'
import { authenticate } from './authenticate.ts'
import { maskAnswers } from './mask-answers.ts'
import { limitToOwnObjects } from './own-objects.ts'
import { keyVerifier } from './verify-key.ts'
import { tokenVerifier } from './verify-token.ts'

/** Checks who may use the routes that are defined after this call, unless access is open. */
export function controlAccess(server: Server, { access, database, logError }: ApiPorts): void {
  if (access.mode === 'open') return
  const { roles, tokens } = access
  server.decorateRequest('principal')
  authenticate(server, {
    roles,
    verifyKey: keyVerifier({ database, logError }),
    verifyToken: tokens === undefined ? undefined : tokenVerifier(tokens),
  })
  limitToOwnObjects(server, database)
  maskAnswers(server)
  nameActingPerson(server)
}
