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

/** Derives the types of parameters, queries, bodies and answers for fastify from their schemas. */
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

/** Bodies of everything but events; those say their own limit. */
const BODY_BYTES_MAX = 256 << 10
/** Limit of URL and headers: the longest cursor, percent-encoded, and everything that proxies add. */
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
    routerOptions: { maxParamLength: 1_024 },
    return503OnClosing: true,
    // Requests that can't be routed, such as a URL with a malformed escape.
    frameworkErrors: (error, _request, reply) => void sendProblem(reply, problemOf('invalid-request', error.message)),
  }).withTypeProvider<TypeBoxProvider>()
  requireAccess(server)
  server.setValidatorCompiler(compileValidator)
  // Any other type is refused, text/plain above all, which needs no preflight: a page of another site could send it.
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, readBody)
  return server
}
