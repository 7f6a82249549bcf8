import { readBody } from '../http/bodies.ts'
import type { Server } from '../http/server.ts'
import { compileValidator } from '../http/validation.ts'
import type { ApiPorts } from '../ports.ts'
import { RegistryError } from './registry-lookup.ts'
import { configurationRoutes, definitionRoutes, schemaRoutes, subjectRoutes } from './registry-routes.ts'

const REGISTRY_TYPE = 'application/vnd.schemaregistry.v1+json'
const BODY_TYPES = [REGISTRY_TYPE, 'application/vnd.schemaregistry+json', 'application/octet-stream']

/**
 * Routes for the read endpoints of a Confluent schema registry, so that any registry-aware client can read the topics.
 * https://docs.confluent.io/platform/current/schema-registry/develop/api.html
 */
export function registryRoutes(server: Server, { registry }: ApiPorts): void {
  void server.register((scope, _options, done) => {
    const routes = scope as unknown as Server
    useRegistryFormat(routes)
    schemaRoutes(routes, registry)
    subjectRoutes(routes, registry)
    definitionRoutes(routes, registry)
    configurationRoutes(routes, registry)
    done()
  })
}

/** Sets the content types and error responses that registry clients expect. */
function useRegistryFormat(routes: Server): void {
  for (const type of BODY_TYPES) routes.addContentTypeParser(type, { parseAs: 'buffer' }, readBody)
  routes.addHook('onRoute', (route) => {
    route.config = { ...route.config, access: 'read-schemas' }
    const { schema } = route
    if (schema !== undefined) schema.produces = [REGISTRY_TYPE]
  })
  // Path parameters are not validated here: the handlers answer errors in the form of Confluent's registry.
  routes.setValidatorCompiler((part) => (part.httpPart === 'params' ? () => true : compileValidator(part)))
  routes.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof RegistryError)) throw error
    const status = Number(String(error.code).slice(0, 3))
    return reply
      .code(status)
      .type(REGISTRY_TYPE)
      .serializer(JSON.stringify)
      .send({ error_code: error.code, message: error.message })
  })
  routes.addHook('onSend', (_request, reply, payload, next) => {
    if (reply.statusCode < 400) void reply.type(REGISTRY_TYPE)
    next(null, payload)
  })
}
