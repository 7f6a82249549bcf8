import type { TObject, TProperties } from 'typebox'
import { ProblemError } from '../http/problem.ts'
import type { Server } from '../http/server.ts'
import { ACTING_PERSON } from '../http/versions.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Fields that name the person who acts, found in the route’s schema. */
    actors?: { readonly body: readonly string[]; readonly query: readonly string[] }
  }
}

/**
 * Records the authenticated principal as the author of every change: fields of the body and the query that name the
 * acting person are filled in, and refused if they name somebody else. Covers the routes defined after this call.
 */
export function nameActingPerson(server: Server): void {
  server.addHook('onRoute', (route) => {
    const actors = { body: actorsIn(route.schema?.body), query: actorsIn(route.schema?.querystring) }
    if (actors.body.length + actors.query.length > 0) route.config = { ...route.config, actors }
  })
  server.addHook('preValidation', (request, _reply, done) => {
    const { actors } = request.routeOptions.config
    if (actors === undefined || request.principal === undefined) return done()
    try {
      name(actors.body, request.body, request.principal.name)
      name(actors.query, request.query, request.principal.name)
      done()
    } catch (error) {
      done(error as Error)
    }
  })
}

function name(fields: readonly string[], part: unknown, person: string): void {
  // Anything else is refused by the validation that follows.
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return
  const values = part as Record<string, unknown>
  for (const field of fields) {
    if (!Object.hasOwn(values, field)) values[field] = person
    else if (values[field] !== person)
      throw new ProblemError('forbidden', `\`${field}\` must be ${JSON.stringify(person)}, who sends the request.`)
  }
}

function actorsIn(schema: unknown): string[] {
  const { properties = {} } = (schema ?? {}) as { readonly properties?: TObject['properties'] & TProperties }
  return Object.entries(properties).flatMap(([field, property]) => (ACTING_PERSON in property ? [field] : []))
}
