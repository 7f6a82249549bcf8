import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyTypeProvider,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify'
import type { Static, TSchema } from 'typebox'
import { requireAccess } from './access.ts'
import { readBody } from './bodies.ts'
import { answerClientError } from './client-errors.ts'
import { problemOf, sendProblem } from './problem.ts'
import { compileValidator } from './validation.ts'

/** Derives the types of parameters, queries, bodies and responses for fastify from their schemas. */
export interface TypeBoxProvider extends FastifyTypeProvider {
  readonly validator: this['schema'] extends TSchema ? Static<this['schema']> : unknown
  readonly serializer: this['schema'] extends TSchema ? Static<this['schema']> : unknown
}

export type Server = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression<RawServerDefault>,
  RawReplyDefaultExpression<RawServerDefault>,
  FastifyBaseLogger,
  TypeBoxProvider
>

/** Default body limit. Routes that take events or large lists set their own. */
const BODY_BYTES_MAX = 256 << 10
/** Limit of URL and headers: room for the longest cursor, percent-encoded, and for all headers that proxies add. */
const HEAD_BYTES_MAX = 64 << 10

export function createServer(): Server {
  const server = fastify({
    logger: false,
    bodyLimit: BODY_BYTES_MAX,
    http: { maxHeaderSize: HEAD_BYTES_MAX },
    clientErrorHandler: answerClientError,
    // A client that sends its request a byte at a time can't hold a connection indefinitely.
    requestTimeout: 30_000,
    forceCloseConnections: true,
    // Longer parameters are refused by their schema, with a 400; the router would say that there is no such route.
    routerOptions: { maxParamLength: HEAD_BYTES_MAX },
    return503OnClosing: true,
    // Requests that can't be routed, such as a URL with a malformed escape.
    frameworkErrors: (error, _request, reply) => void sendProblem(reply, problemOf('invalid-request', error.message)),
  }).withTypeProvider<TypeBoxProvider>()
  requireAccess(server)
  server.setValidatorCompiler(compileValidator)
  // Only JSON is accepted: another site's page could send text/plain without a CORS preflight.
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, readBody)
  return server
}
