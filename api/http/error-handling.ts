import type { FastifyError, FastifyRequest } from 'fastify'
import { databaseFailure } from './database-failure.ts'
import { PartError } from './validation.ts'
import { ProblemError, problemOf, sendProblem, type ProblemKind } from './problem.ts'
import type { Server } from './server.ts'

const kindsOfStatus: Readonly<Record<number, ProblemKind>> = {
  404: 'not-found',
  413: 'too-large',
  415: 'unsupported-type',
  503: 'unavailable',
}

/** Answers every failure with a problem document; details that a client must not see go to the log only. */
export function handleErrors(server: Server, logError: (message: string) => void): void {
  server.setErrorHandler((error: FastifyError | Error, request, reply) => {
    if (error instanceof ProblemError) return sendProblem(reply, problemOf(error.kind, error.message, error.parts))
    if (error instanceof PartError) {
      const parts = error.problems.map((problem) => ({ part: error.part, ...problem }))
      return sendProblem(reply, problemOf('invalid-request', error.message, parts))
    }
    const status = 'statusCode' in error ? (error.statusCode ?? 500) : 500
    if (status < 500)
      return sendProblem(reply, problemOf(kindsOfStatus[status] ?? 'invalid-request', detailOf(error, request)))
    if (status === 503) return sendProblem(reply, problemOf('unavailable', error.message))
    // Logs the route's pattern instead of the URL, to keep customer ids out of the log.
    const route = `${request.method} ${request.routeOptions.url ?? '(no route)'}`
    const failure = databaseFailure(error)
    if (failure !== undefined) {
      logError(`${route}: ${failure} ${error.message}`)
      return sendProblem(reply, problemOf('unavailable', failure))
    }
    logError(`${route}: ${error.stack ?? error.message}`)
    return sendProblem(reply, problemOf('internal-error', 'The request failed; the cause is in the log of the API.'))
  })
  server.setNotFoundHandler((request, reply) => {
    return sendProblem(
      reply,
      problemOf('not-found', `There is no ${request.method} ${request.url.split('?', 1)[0]!} here.`),
    )
  })
}

function detailOf(error: Error, { headers }: FastifyRequest): string {
  if (!('code' in error) || error.code !== 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return error.message
  const type = headers['content-type']
  return `The body must be application/json, but its content type is ${type === undefined ? 'missing' : JSON.stringify(type)}.`
}
