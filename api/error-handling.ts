import type { FastifyError } from 'fastify'
import { PartError } from './validation.ts'
import { ProblemError, problemOf, sendProblem, type ProblemKind } from './problem.ts'
import type { Server } from './server.ts'

const kindsOfStatus: Readonly<Record<number, ProblemKind>> = {
  404: 'not-found',
  413: 'too-large',
  415: 'unsupported-type',
  503: 'unavailable',
}

/** Every failure becomes a problem document; what a client must not see goes to the log. */
export function handleErrors(server: Server, logError: (message: string) => void): void {
  server.setErrorHandler((error: FastifyError | Error, request, reply) => {
    if (error instanceof ProblemError) return sendProblem(reply, problemOf(error.kind, error.message, error.parts))
    if (error instanceof PartError) {
      const parts = error.problems.map((problem) => ({ part: error.part, ...problem }))
      return sendProblem(reply, problemOf('invalid-request', error.message, parts))
    }
    const status = 'statusCode' in error ? (error.statusCode ?? 500) : 500
    if (status < 500) return sendProblem(reply, problemOf(kindsOfStatus[status] ?? 'invalid-request', error.message))
    if (status === 503) return sendProblem(reply, problemOf('unavailable', error.message))
    if (isOutage(error)) {
      logError(`${request.method} ${request.routeOptions.url ?? '(no route)'}: the database does not answer: ${error.message}`)
      return sendProblem(reply, problemOf('unavailable', 'The database does not answer.'))
    }
    // The route and not the address: identifiers of customers stay out of the log.
    logError(`${request.method} ${request.routeOptions.url ?? '(no route)'}: ${error.stack ?? error.message}`)
    return sendProblem(reply, problemOf('internal-error', 'The request could not be answered; the log of the API has the cause.'))
  })
  server.setNotFoundHandler((request, reply) => {
    return sendProblem(reply, problemOf('not-found', `There is no ${request.method} ${request.url.split('?')[0]!} here.`))
  })
}

/** Codes of Node's network errors, and PostgreSQL's classes for lost connections (08), full servers (53) and shutdowns (57P). */
const OUTAGE = /^(ECONN|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|EPIPE|08|53|57P)/

function isOutage(error: Error): boolean {
  if ('code' in error && typeof error.code === 'string' && OUTAGE.test(error.code)) return true
  // The pool's own errors have no code.
  return /^(timeout exceeded when trying to connect|Connection terminated)/.test(error.message)
}
