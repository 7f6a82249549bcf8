import type { FastifyRequest } from 'fastify'
import type { PersonalKind } from '../../schemas/persons.ts'
import { PERSONAL } from '../http/personal.ts'
import { ProblemError } from '../http/problem.ts'
import type { Server } from '../http/server.ts'
import { masked, maskOf, type Mask, type PersonalKinds } from './mask.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Where the answers of the route have personal fields, found in its schema. */
    mask?: Mask
    /** Query parameters that search personal fields. */
    personalFilters?: Readonly<Record<string, PersonalKind>>
  }
}

const none: PersonalKinds = new Set()

/** Returns the kinds of personal data that the sender of a request may not see. */
export function maskedKinds({ principal, routeOptions }: FastifyRequest): PersonalKinds {
  const { access } = routeOptions.config
  return (access === undefined ? undefined : principal?.masked.get(access)) ?? none
}

/**
 * Masks personal fields in the answers of the routes defined after this call, for people whose roles say so, and refuses
 * filters that search such fields. Streams mask their parts themselves (`export.ts`, `live.ts`).
 */
export function maskAnswers(server: Server): void {
  server.addHook('onRoute', (route) => {
    const mask = maskOf({ anyOf: answersOf(route.schema?.response) })
    const personalFilters = filtersOf(route.schema?.querystring)
    route.config = { ...route.config, ...(mask && { mask }), ...(personalFilters && { personalFilters }) }
  })
  server.addHook('preValidation', (request, _reply, done) => {
    const kinds = maskedKinds(request)
    const filters = Object.entries(request.routeOptions.config.personalFilters ?? {})
    const hidden = filters.find(([name, kind]) => kinds.has(kind) && Object.hasOwn(request.query as object, name))
    if (hidden === undefined) return done()
    const [name, kind] = hidden
    done(new ProblemError('forbidden', `\`${name}\` searches ${kind} of customers, which you may not see.`))
  })
  server.addHook('preSerialization', (request, reply, answer, done) => {
    const { mask } = request.routeOptions.config
    const kinds = maskedKinds(request)
    const isWhole = mask === undefined || kinds.size === 0 || reply.statusCode >= 300 || isStream(answer)
    done(null, isWhole ? answer : masked(answer, mask, kinds))
  })
}

function isStream(answer: unknown): boolean {
  return typeof (answer as { pipe?: unknown } | null)?.pipe === 'function'
}

function answersOf(response: unknown): object[] {
  return Object.entries((response ?? {}) as Readonly<Record<string, object>>).flatMap(([status, schema]) =>
    status.startsWith('2') ? [schema] : [],
  )
}

function filtersOf(query: unknown): Readonly<Record<string, PersonalKind>> | undefined {
  const { properties = {} } = (query ?? {}) as { readonly properties?: Record<string, { [PERSONAL]?: PersonalKind }> }
  const found = Object.entries(properties).flatMap(([name, { [PERSONAL]: kind }]) => (kind ? [[name, kind]] : []))
  return found.length === 0 ? undefined : (Object.fromEntries(found) as Record<string, PersonalKind>)
}
